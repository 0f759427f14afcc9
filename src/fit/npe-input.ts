import type { BackgroundLaw } from "../npe/background.ts";
import type { Coverage } from "../npe/coverage.ts";
import type { Region } from "../npe/region.ts";
import type { CountsWindow } from "../npe/window.ts";
import type { Observation } from "../observe/types.ts";
import type { JointPrior } from "../prior/types.ts";
import type { Build } from "../tensor/engine.ts";
import { backgroundLaw } from "./network-data.ts";
import type { RestrictInput } from "./restrict.ts";
import type { Bank } from "./simulate.ts";
import type { Trained } from "./train.ts";
import type { FitConfig, RestrictionRound } from "./types.ts";

export type NpeConfig = Pick<
  FitConfig,
  "restrict" | "simulations" | "samples" | "seed" | "preset" | "features"
> &
  Partial<
    Pick<
      FitConfig,
      | "estimator"
      | "ensemble"
      | "steps"
      | "batch"
      | "rounds"
      | "proposal"
      | "atoms"
      | "combinedLoss"
      | "restriction"
      | "statistic"
    >
  >;

export interface NpeInput {
  readonly config: NpeConfig;
  readonly observations: readonly Observation[];
  readonly prior: JointPrior;
  readonly build: Build;
  /** A condition of one's own that theta has to meet, in place of `config.restrict`. */
  readonly label?: RestrictInput["label"];
}

export interface PrepareInput extends NpeInput {
  readonly alternatives?: readonly (readonly Observation[])[];
}

/** How the backgrounds of a problem are simulated; absent where there are none. */
export function lawOf({
  config: { statistic },
  observations,
  alternatives = [observations],
}: Pick<PrepareInput, "config" | "observations" | "alternatives">): { readonly background?: BackgroundLaw } {
  const background = backgroundLaw(alternatives, statistic ?? "cstat");
  return background === undefined ? {} : { background };
}

/** A network and what it was trained on, before any posterior is asked for. */
export interface PreparedNetwork {
  readonly window: CountsWindow;
  readonly bank: Bank;
  readonly trained: Trained;
  /** What else the bank was restricted to. */
  readonly region?: Region;
  /** What the training spectra looked like. */
  readonly coverage?: Coverage;
  /** How a classifier learnt the region. */
  readonly learning?: readonly RestrictionRound[];
  /** Seconds of each stage, by the given clock. */
  readonly timings: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

export type Stopwatch = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Adds up the seconds that pieces of work take in `timings`. */
export function stopwatch(timings: Record<string, number>, clock: () => number): Stopwatch {
  return async (name, work) => {
    const start = clock();
    const result = await work();
    timings[name] = (timings[name] ?? 0) + clock() - start;
    return result;
  };
}
