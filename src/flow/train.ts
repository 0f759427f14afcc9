import { watchLoss } from "./patience.ts";
import type { Trainer } from "./trainer.ts";

export interface TrainOptions {
  /** Steps at most; a cosine schedule should end here. Default: no limit, which needs `patience`. */
  readonly steps?: number;
  /** Stop after so many epochs without a better validation loss (sbi: 20). Default: only `steps` ends the training. */
  readonly patience?: number;
  /** Called before every epoch, on every thread: the place to draw fresh noise into this thread's part of `x`. */
  readonly beforeEpoch?: (epoch: number) => void;
  /** Called after every epoch, on every thread. */
  readonly onEpoch?: (epoch: EpochReport) => void;
}

export interface EpochReport {
  /** 0, 1, ... */
  readonly epoch: number;
  readonly steps: number;
  /** Mean of -log q over the epoch's batches, and over the validation rows. */
  readonly trainingLoss: number;
  readonly validationLoss: number;
}

export interface TrainingHistory {
  readonly epochs: readonly EpochReport[];
  /** The epoch whose weights the trainer holds now: the one with the least validation loss. */
  readonly best: number;
  readonly stoppedBy: "patience" | "steps";
}

/**
 * Trains until the steps or the patience are used up, and leaves the trainer with the best weights by validation loss (the
 * last ones if there are no validation rows). Every thread of a team calls it and takes the same decisions, for all see
 * the same losses.
 */
export function train(
  trainer: Trainer,
  {
    steps = Number.POSITIVE_INFINITY,
    patience = Number.POSITIVE_INFINITY,
    beforeEpoch,
    onEpoch,
  }: TrainOptions,
): TrainingHistory {
  if (steps === Number.POSITIVE_INFINITY && patience === Number.POSITIVE_INFINITY) {
    throw new Error("internal: training without an end");
  }
  const epochs: EpochReport[] = [];
  const watch = watchLoss(patience);
  while (trainer.steps < steps && !watch.exhausted) {
    if (beforeEpoch) {
      beforeEpoch(epochs.length);
      trainer.team.barrier();
    }
    const losses = trainer.run(Math.min(trainer.stepsPerEpoch, steps - trainer.steps));
    const report = {
      epoch: epochs.length,
      steps: trainer.steps,
      trainingLoss: losses.reduce((a, b) => a + b, 0) / losses.length,
      validationLoss: trainer.validationLoss(),
    };
    if (watch.see(report.validationLoss)) trainer.snapshot();
    epochs.push(report);
    onEpoch?.(report);
  }
  const { best } = watch;
  if (best !== epochs.length - 1) trainer.restore();
  return { epochs, best, stoppedBy: trainer.steps >= steps ? "steps" : "patience" };
}
