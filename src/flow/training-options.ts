import type { AdamOptions } from "../tensor/index.ts";
import type { Schedule } from "./schedule.ts";
import type { NetworkWeights } from "./spec.ts";

export interface TrainingOptions {
  /** Samples a step (200, as sbi 0.27; 50 in sbi 0.22). At most the number of training rows. */
  readonly batch?: number;
  readonly schedule?: Schedule;
  readonly adam?: AdamOptions;
  /** Of the initial weights, the permutations and the order of the batches. */
  readonly seed: number;
  /** Weights to start from, in place of random ones. */
  readonly initial?: NetworkWeights;
  readonly atomic?: AtomicOptions;
}

/** The loss on groups of atoms in place of the plain one, for draws that are not the prior's; see `atomicLoss`. */
export interface AtomicOptions {
  /** Atoms a group; clipped to 2 at least and the batch at most. */
  readonly atoms: number;
  /** -ln p(theta) of every row, in the units of the data's theta; a constant does not matter (N). */
  readonly offsets: Float64Array;
  /** 1 for rows whose plain loss is added, drawn from the prior (N). */
  readonly plain?: Uint8Array;
}

/** The data hold the training rows first, then the validation rows. */
export interface TrainingRows {
  readonly training: number;
  readonly validation: number;
}
