import { stream } from "../math/random.ts";
import { plainVectorMath } from "../math/vector.ts";
import type { ModelExpression, PhysicsSettings } from "../model/types.ts";
import {
  channelRates,
  type Fake,
  type FakeOptions,
  fakeSpectrum as fakeFromPhotons,
} from "../observe/fake.ts";
import type { AncillaryResponse, Redistribution, Spectrum } from "../ogip/types.ts";

export type { Fake };

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
  /** GROUPING flags from what was drawn, one a channel; absent: none. */
  readonly group?: FakeOptions["group"];
  /** AREASCAL and BACKSCAL of the source; absent: those of the background, else 1. */
  readonly areascal?: number;
  readonly backscal?: number;
  /** Seconds; absent: that of the background. */
  readonly backgroundExposure?: number;
  readonly seed: number;
}

/**
 * A spectrum drawn from a model seen through an instrument: counts ~ Poisson(mu + b), mu = exposure * folded model, b the
 * background scaled to the exposure; and a background ~ Poisson(its counts), as XSPEC's fakeit. Stream `fakeit`.
 */
export function fakeSpectrum(input: FakeInput): Fake {
  const { file, redistribution, ancillary, background, exposure, group, seed } = input;
  const { areascal, backscal, backgroundExposure } = input;
  return fakeFromPhotons({
    file,
    photons: photonsOf(input),
    redistribution,
    ...(ancillary && { ancillary }),
    ...(background && { background, backgroundFile: background.file }),
    exposure,
    ...(group && { group }),
    ...(areascal !== undefined && { areascal }),
    ...(backscal !== undefined && { backscal }),
    ...(backgroundExposure !== undefined && { backgroundExposure }),
    rng: stream(seed, "fakeit"),
  });
}

/** Expected source counts of every channel (channels of the response). */
export function expectedChannelCounts(input: FakeInput): Float64Array {
  const { redistribution, ancillary, background, exposure, areascal } = input;
  const rates = channelRates(photonsOf(input), redistribution, ancillary);
  return rates.map((rate, c) => exposure * (areascal ?? background?.areascal[c] ?? 1) * rate);
}

/** Photons of the model in every energy bin of the response (E), photon/cm2/s. */
function photonsOf({ redistribution, expression, theta, settings }: FakeInput): Float64Array {
  const photons = new Float64Array(redistribution.edges.length - 1);
  expression.prepare(redistribution.edges, { ...settings, vector: plainVectorMath })(photons, theta);
  return photons;
}
