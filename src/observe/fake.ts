import { InputError } from "../errors.ts";
import type { Rng } from "../math/index.ts";
import {
  type AncillaryResponse,
  alignBackground,
  checkSameGrid,
  type Redistribution,
  type ScaledBackground,
  type Spectrum,
  scaledBackground,
} from "../ogip/index.ts";
import { checkExposure } from "./background.ts";
import { forEachElement } from "./elements.ts";

/** What a spectrum is drawn from. */
export interface FakeOptions {
  /** Photons of the model in each energy bin of the response (E), photon/cm2/s. */
  readonly photons: Float64Array;
  readonly redistribution: Redistribution;
  readonly ancillary?: AncillaryResponse;
  /** Seconds. */
  readonly exposure: number;
  /** Added to the source, and drawn anew as a spectrum of its own. */
  readonly background?: Spectrum;
  /** Exposure of the drawn background, s. Default: that of `background`. */
  readonly backgroundExposure?: number;
  /** AREASCAL and BACKSCAL of the source. Default: those of the background, else 1. */
  readonly areascal?: number;
  readonly backscal?: number;
  /** GROUPING flags from the drawn counts and the drawn background, scaled to them. Default: no groups. */
  readonly group?: (counts: Float64Array, background?: ScaledBackground) => Int16Array;
  /** Name of the source's file; `fake.pha`. */
  readonly file?: string;
  /** Name of the background's file, beside the source's; `<root>_bkg.<extension>`. */
  readonly backgroundFile?: string;
  /** Source counts are drawn first, channel by channel, then the background's. */
  readonly rng: Rng;
}

/** Drawn spectra, ready to be written. */
export interface Fake {
  readonly source: Spectrum;
  readonly background?: Spectrum;
}

/**
 * Rate of every channel of a response before grouping, counts/s per unit of AREASCAL (channels), for photons (E):
 *
 *   rate[h] = sum_e R[h, e] area[e] photons[e]
 */
export function channelRates(
  photons: Float64Array,
  redistribution: Redistribution,
  ancillary?: AncillaryResponse,
): Float64Array {
  const area = ancillary?.area;
  const detected = photons.map((value, e) => value * (area === undefined ? 1 : area[e]));
  const rate = new Float64Array(redistribution.channelLow.length);
  forEachElement(redistribution, (e, channel, value) => {
    rate[channel] += value * detected[e];
  });
  return rate;
}

/**
 * A spectrum as it might be observed, by the rules of XSPEC's fakeit. Per ungrouped channel, Poisson counts of
 *
 *   source      exposure areascal (rate + B / (exposure_b areascal_b) backscal / backscal_b)
 *   background  B backgroundExposure / exposure_b
 *
 * B being the counts of the given background. Groups, if any, are formed after the draw.
 */
export function fakeSpectrum(options: FakeOptions): Fake {
  const { photons, redistribution, ancillary, exposure, rng } = options;
  const { file = "fake.pha", backgroundFile = backgroundName(file), group } = options;
  const empty = emptySpectrum(options, file);
  checkExposure(empty);
  if (ancillary !== undefined) checkSameGrid(ancillary, redistribution);
  if (photons.length !== redistribution.edges.length - 1)
    throw new Error(
      `internal: ${photons.length} photon bins for ${redistribution.edges.length - 1} energies`,
    );

  const given = options.background && alignBackground(options.background, empty);
  if (given !== undefined) checkExposure(given);
  const rate = channelRates(photons, redistribution, ancillary);
  const mean = rate.map((one, h) => {
    const noise =
      given === undefined
        ? 0
        : (given.counts[h] * empty.backscal[h]) / (given.exposure * given.areascal[h] * given.backscal[h]);
    return exposure * empty.areascal[h] * (one + noise);
  });
  const counts = draw(mean, rng, file);
  if (given === undefined)
    return { source: { ...empty, counts, grouping: group?.(counts) ?? empty.grouping } };
  const { backgroundExposure = given.exposure } = options;
  const scaled = given.counts.map((one) => (one * backgroundExposure) / given.exposure);
  const background: Spectrum = {
    ...empty,
    file: backgroundFile,
    counts: draw(scaled, rng, given.file),
    exposure: backgroundExposure,
    areascal: given.areascal,
    backscal: given.backscal,
    isBackground: true,
  };
  const grouping = group?.(counts, scaledBackground(empty, background)) ?? empty.grouping;
  return { source: { ...empty, counts, grouping, backgroundFile: beside(backgroundFile) }, background };
}

function emptySpectrum(options: FakeOptions, file: string): Spectrum {
  const { redistribution, ancillary, exposure, background } = options;
  const size = redistribution.channelLow.length;
  const scale = (value: number | undefined, other: Float64Array | undefined) =>
    value === undefined && other?.length === size ? other : new Float64Array(size).fill(value ?? 1);
  return {
    file,
    hdu: "SPECTRUM",
    channels: Int32Array.from({ length: size }, (_, h) => redistribution.firstChannel + h),
    counts: new Float64Array(size),
    fromRate: false,
    poissonErrors: true,
    quality: new Int16Array(size),
    grouping: new Int16Array(size).fill(1),
    exposure,
    areascal: scale(options.areascal, background?.areascal),
    backscal: scale(options.backscal, background?.backscal),
    corrscal: 1,
    detchans: size,
    firstChannel: redistribution.firstChannel,
    telescope: redistribution.telescope,
    instrument: redistribution.instrument,
    filter: "NONE",
    channelType: "PI",
    responseFile: redistribution.file,
    ...(ancillary && { ancillaryFile: ancillary.file }),
    warnings: [],
  };
}

function draw(mean: Float64Array, rng: Rng, file: string): Float64Array {
  return mean.map((one, h) => {
    if (one >= 0 && one < Number.POSITIVE_INFINITY) return rng.poisson(one);
    throw new InputError(
      `${one} counts are expected in channel ${h + 1}, which cannot be drawn; are all parameters of the model within their limits?`,
      { file },
    );
  });
}

/** The name without its folder: the background lies beside the source. */
function beside(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}

/** `<root>_bkg.<extension>`. */
function backgroundName(file: string): string {
  const dot = file.lastIndexOf(".");
  return dot > file.lastIndexOf("/") + 1 ? `${file.slice(0, dot)}_bkg${file.slice(dot)}` : `${file}_bkg`;
}
