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
}

/** The data hold the training rows first, then the validation rows. */
export interface TrainingRows {
  readonly training: number;
  readonly validation: number;
}
