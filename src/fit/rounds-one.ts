import { stream } from "../math/random.ts";
import type { CountsWindow } from "../npe/window.ts";
import type { NpeInput, Stopwatch } from "./npe-input.ts";
import type { Pool } from "./pool.ts";
import type { PartOfPrior } from "./restriction.ts";
import { type Judgement, judge, trainOn } from "./rounds-network.ts";
import type { Bank } from "./simulate.ts";
import type { Trained } from "./train.ts";
import type { TrainInput } from "./train-input.ts";
import type { Control } from "./types.ts";

/** One round, done. */
export interface Round extends Judgement {
  /** What it simulated, and all that it was trained on. */
  readonly fresh: Bank;
  readonly bank: Bank;
  readonly trained: Trained;
}

/** What stays the same in all rounds. */
export interface RoundSetting {
  readonly pool: Pool;
  readonly input: NpeInput;
  readonly control: Control;
  readonly timed: Stopwatch;
  readonly part: PartOfPrior;
  readonly window: CountsWindow;
}

/** Does a round after others; undefined where they do not tell where to simulate. */
export type NextRound = (setting: RoundSetting, done: readonly Round[]) => Promise<Round | undefined>;

/** Trains on a bank that every rank has, and looks at what the network makes of the observation. */
export async function trainRound(
  { pool, input, control, timed }: RoundSetting,
  { fresh, bank }: Pick<Round, "fresh" | "bank">,
  r: number,
  candidates: Float64Array,
  how: Pick<TrainInput, "plan" | "start" | "atomic">,
): Promise<Round> {
  const { config, observations, prior } = input;
  const { preset, rounds: R = 1 } = config;
  const seed = roundSeed(config.seed, r);
  const trained = await timed("train", () =>
    trainOn(pool, input, bank, { seed, ...how }, inRound(control, r, R)),
  );
  const judgement = await timed("judge", () =>
    judge(pool, { preset, trained, prior, seed, candidates, data: observations }),
  );
  return { fresh, bank, trained, ...judgement };
}

/** The seed of a round, so that no two of them share random numbers. */
export function roundSeed(seed: number, r: number): number {
  return r === 0 ? seed : stream(seed, "round", r).uint32();
}

/** Progress that names the round. */
export function inRound(control: Control, r: number, R: number): Control {
  const { onProgress } = control;
  if (onProgress === undefined) return control;
  return {
    ...control,
    onProgress: (progress) =>
      onProgress({
        ...progress,
        note: `round ${r + 1} of ${R}${progress.note === undefined ? "" : `, ${progress.note}`}`,
      }),
  };
}
