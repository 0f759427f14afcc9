import { stream } from "../math/random.ts";
import { plainVectorMath } from "../math/vector.ts";
import type { ModelExpression, PhysicsSettings } from "../model/types.ts";
import { fold, observe } from "../observe/index.ts";
import { groupChannels } from "../ogip/index.ts";
import type { AncillaryResponse, Redistribution, Spectrum } from "../ogip/types.ts";

/** What a simulated observation is made of. */
export interface FakeInput {
  readonly file: string;
  readonly redistribution: Redistribution;
  readonly ancillary?: AncillaryResponse;
  /** Taken to be collected on the same area of the detector as the source. */
  readonly background?: Spectrum;
  readonly expression: ModelExpression;
  /** Values of all parameters (P). */
  readonly theta: readonly number[];
  readonly settings: Omit<PhysicsSettings, "vector">;
  /** Seconds. */
  readonly exposure: number;
  /** GROUPING flags, one a channel; absent: none. */
  readonly grouping?: Int16Array;
  readonly seed: number;
}

export interface Fake {
  readonly source: Spectrum;
  /** A new draw of the background, where there is one. */
  readonly background?: Spectrum;
}

/**
 * A spectrum drawn from a model seen through an instrument: counts ~ Poisson(mu + b), mu = exposure * folded model, b the
 * background scaled to the exposure; and a background ~ Poisson(its counts), as XSPEC's fakeit. Streams `fakeit` 0 and 1.
 */
export function fakeSpectrum(input: FakeInput): Fake {
  const { redistribution, background, exposure, grouping, seed } = input;
  const blank = blankSpectrum(input);
  const mu = expectedChannelCounts(input);
  const rng = stream(seed, "fakeit", 0);
  const scale = background === undefined ? 0 : exposure / background.exposure;
  const counts = mu.map((mean, c) => rng.poisson(mean + scale * (background?.counts[c] ?? 0)));
  const source = {
    ...blank,
    counts,
    grouping: grouping ?? blank.grouping,
    responseFile: redistribution.file,
    ...(input.ancillary === undefined ? {} : { ancillaryFile: input.ancillary.file }),
    ...(background === undefined ? {} : { backgroundFile: background.file }),
  };
  if (background === undefined) return { source };
  const other = stream(seed, "fakeit", 1);
  return {
    source,
    background: { ...background, counts: background.counts.map((mean) => other.poisson(mean)) },
  };
}

/** A spectrum of zeros in the response's channels. */
function blankSpectrum({ file, redistribution, background, exposure }: FakeInput): Spectrum {
  const channels = redistribution.channelLow.length;
  const ones = () => new Float64Array(channels).fill(1);
  return {
    file,
    hdu: "SPECTRUM",
    channels: Int32Array.from({ length: channels }, (_, i) => redistribution.firstChannel + i),
    counts: new Float64Array(channels),
    fromRate: false,
    poissonErrors: true,
    quality: new Int16Array(channels),
    grouping: new Int16Array(channels).fill(1),
    exposure,
    areascal: background?.areascal ?? ones(),
    backscal: background?.backscal ?? ones(),
    corrscal: 1,
    detchans: channels,
    firstChannel: redistribution.firstChannel,
    telescope: redistribution.telescope,
    instrument: redistribution.instrument,
    filter: "none",
    channelType: "PI",
    warnings: [],
  };
}

/** Expected source counts of every channel (channels of the response). */
export function expectedChannelCounts(input: FakeInput): Float64Array {
  const { redistribution, ancillary, expression, theta, settings } = input;
  const blank = blankSpectrum(input);
  const { folding, scale } = observe(
    { spectrum: blank, redistribution, ...(ancillary === undefined ? {} : { ancillary }) },
    groupChannels(blank),
  );
  const photons = new Float64Array(folding.edges.length - 1);
  expression.prepare(folding.edges, { ...settings, vector: plainVectorMath })(photons, theta);
  const mu = new Float64Array(scale.length);
  fold(mu, folding, photons);
  return mu.map((rate, c) => rate * scale[c]);
}
