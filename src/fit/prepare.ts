import { InputError } from "../errors.ts";
import { type CountsWindow, everything, windowAround } from "../npe/window.ts";
import type { Observation } from "../observe/types.ts";
import type { JointPrior } from "../prior/types.ts";
import type { Build } from "../tensor/engine.ts";
import type { Pool } from "./pool.ts";
import { binCount } from "./problem.ts";
import type { Bank } from "./simulate.ts";
import { simulateNear } from "./simulate-near.ts";
import { type Trained, trainNetwork } from "./train.ts";
import type { Control, FitConfig, Restriction } from "./types.ts";

export type NpeConfig = Pick<
  FitConfig,
  "restrict" | "simulations" | "samples" | "seed" | "preset" | "features"
> &
  Partial<Pick<FitConfig, "estimator" | "ensemble" | "rounds" | "proposal" | "atoms" | "combinedLoss">>;

export interface NpeInput {
  readonly config: NpeConfig;
  readonly observations: readonly Observation[];
  readonly prior: JointPrior;
  readonly build: Build;
}

export interface PrepareInput extends NpeInput {
  readonly alternatives?: readonly (readonly Observation[])[];
}

/** A network and what it was trained on, before any posterior is asked for. */
export interface PreparedNetwork {
  readonly window: CountsWindow;
  readonly bank: Bank;
  readonly trained: Trained;
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

/**
 * Simulates and trains. `alternatives` are data sets of the open problem's set-up that the restriction has to cover; absent: the observations
 * themselves.
 */
export async function prepareNetwork(
  pool: Pool,
  { config, observations, prior, build, alternatives = [observations] }: PrepareInput,
  control: Control,
  clock: () => number,
): Promise<PreparedNetwork> {
  const bins = binCount(observations);
  const timings: Record<string, number> = {};
  const timed = stopwatch(timings, clock);
  const { simulations, seed } = config;
  const size = { simulations, dimensions: prior.priors.length, bins, seed };
  const { bank, window, warnings } = await timed("simulate", () =>
    simulateNear(
      pool,
      unionOf(alternatives.map((each) => countsWindow(config.restrict, each))),
      config.restrict.kind === "auto",
      size,
      control,
    ),
  );
  const background = backgroundMean(observations);
  const trained = await timed("train", () =>
    trainNetwork(
      pool,
      {
        bank,
        bins,
        priors: prior.priors,
        preset: config.preset,
        features: config.features,
        ...(config.estimator && { estimator: config.estimator }),
        ...(config.ensemble && { ensemble: config.ensemble }),
        seed,
        build,
        ...(background && { background }),
      },
      control,
    ),
  );
  return { window, bank, trained, timings, warnings };
}

/** The least window that holds all of them. */
function unionOf(windows: readonly CountsWindow[]): CountsWindow {
  return {
    lower: Math.min(...windows.map(({ lower }) => lower)),
    upper: Math.max(...windows.map(({ upper }) => upper)),
  };
}

/** The window that a restriction asks for. */
export function countsWindow(restrict: Restriction, observations: readonly Observation[]): CountsWindow {
  if (restrict.kind === "none") return everything;
  if (restrict.kind === "counts") return { lower: restrict.lower, upper: restrict.upper };
  if (restrict.kind !== "auto")
    throw new InputError(
      `restrict ${restrict.kind} is not available in this version; use auto, none, counts`,
    );
  let source = 0;
  const background = { expected: 0, variance: 0 };
  for (const { counts, scale, background: b } of observations)
    for (let c = 0; c < counts.length; c++) {
      source += counts[c];
      if (b === undefined) continue;
      const ratio = scale[c] / b.scale[c];
      background.expected += ratio * b.counts[c];
      background.variance += ratio * ratio * b.counts[c];
    }
  return windowAround(source, background);
}

/** Expected background counts in the source region (C); undefined where no observation has a background. */
export function backgroundMean(observations: readonly Observation[]): Float64Array | undefined {
  if (observations.every(({ background }) => background === undefined)) return undefined;
  const out = new Float64Array(binCount(observations));
  let at = 0;
  for (const { background, scale } of observations) {
    if (background !== undefined)
      for (let c = 0; c < scale.length; c++)
        out[at + c] = ((background.counts[c] + 0.5) * scale[c]) / background.scale[c];
    at += scale.length;
  }
  return out;
}
