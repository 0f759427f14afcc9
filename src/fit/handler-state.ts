import type { Trainer } from "../flow/trainer.ts";
import type { BackgroundLaw } from "../npe/background.ts";
import type { BaseMap } from "../npe/base.ts";
import type { AmortisedPosterior } from "../npe/posterior.ts";
import type { OpenRegion } from "../npe/region.ts";
import type { EnsembleState } from "../sample/ensemble.ts";
import type { NestedState } from "../sample/nested-types.ts";
import type { Jobs, TrainingJob } from "./jobs.ts";
import type { nearbyLikelihood } from "./nearby-likelihood.ts";
import type { ProblemSpec } from "./problem.ts";
import type { Simulator } from "./simulator.ts";

/** What one rank knows between jobs. */
export interface RankState {
  readonly rank: number;
  readonly ranks: number;
  problem?: ProblemSpec;
  simulator?: Simulator;
  /** Noise-free counts (N, C) of the simulations. */
  bank?: Float32Array;
  /** Shapes of backgrounds (n, C), drawn for a law and seed. */
  backgrounds?: { readonly law: BackgroundLaw; readonly seed: number; readonly shapes: Float64Array };
  training?: { readonly trainer: Trainer; readonly job: TrainingJob; readonly base: BaseMap };
  posterior?: AmortisedPosterior;
  region?: OpenRegion;
  /** Of the open problem, made when first asked for. */
  nearby?: { readonly likelihood: ReturnType<typeof nearbyLikelihood> };
  readonly nestedRuns: Map<number, NestedState>;
  readonly ensembles: Map<number, EnsembleState>;
}

export type Handlers = {
  readonly [K in keyof Jobs]: (
    state: RankState,
    job: { readonly kind: K } & Jobs[K]["job"],
  ) => Jobs[K]["result"] | Promise<Jobs[K]["result"]>;
};

/** The simulator of the problem that was opened. */
export function simulatorOf({ simulator }: RankState): Simulator {
  if (simulator === undefined) throw new Error("internal: no problem is open");
  return simulator;
}

/** The problem that was opened. */
export function problemOf({ problem }: RankState): ProblemSpec {
  if (problem === undefined) throw new Error("internal: no problem is open");
  return problem;
}
