import type { FlowWeights } from "../flow/spec.ts";
import type { BackgroundLaw } from "../npe/background.ts";
import type { FeatureMap } from "../npe/features.ts";
import type { PosteriorSpec } from "../npe/posterior.ts";
import type { Recipe } from "../npe/recipe.ts";
import type { Prior } from "../prior/types.ts";
import type { Build } from "../tensor/engine.ts";
import type { Noise } from "./jobs.ts";
import { type Bank, ranges } from "./simulate.ts";
import type { Estimator, Features, Preset } from "./types.ts";

export interface AtomicLoss {
  readonly atoms: number;
  /** Which simulations are draws of the prior, whose plain loss is added: 1 or 0 (N). Absent: none is. */
  readonly plain?: Uint8Array;
}

/** What a network is trained on. */
export interface TrainInput {
  readonly bank: Bank;
  readonly bins: number;
  readonly priors: readonly Prior[];
  readonly preset: Preset;
  readonly features: Features;
  /** Absent: the preset chooses. */
  readonly estimator?: Estimator;
  /** Networks whose mean density is the posterior's (default 1). */
  readonly ensemble?: number;
  readonly seed: number;
  readonly build: Build;
  /** How backgrounds are simulated; absent: there are none. */
  readonly background?: BackgroundLaw;
  /** Inputs that are made already, of the kind that `features` names. */
  readonly map?: FeatureMap;
  /** What is trained on: its inputs, targets and weights stay or are gone on with. */
  readonly start?: { readonly posterior: PosteriorSpec; readonly flows: readonly FlowWeights[] };
  /** Loss on atoms, for simulations whose parameters are not draws of the prior. */
  readonly atomic?: AtomicLoss;
  /** Parts of the recipe in place of what preset and features ask for. */
  readonly plan?: Partial<Recipe>;
}

/** Rows a job when features are computed. */
const ROWS = 512;

/** The jobs that one realisation of the noise is shared out in. */
export function chunks(noise: Noise): Noise[] {
  const { from, to } = noise;
  return ranges(to - from, ROWS).map((part) => ({ ...noise, from: from + part.from, to: from + part.to }));
}
