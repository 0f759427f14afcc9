import { watchLoss } from "../flow/patience.ts";
import type { TrainingOptions } from "../flow/training-options.ts";
import type { Recipe } from "../npe/recipe.ts";
import type { Pool } from "./pool.ts";
import type { Control } from "./types.ts";

/** Losses over the training: one record each time the validation set was looked at. */
export interface LossRecord {
  readonly epoch: number;
  readonly step: number;
  readonly training: number;
  readonly validation: number;
}

export function splitRows(N: number, fraction: number): { training: number; validation: number } {
  const validation = Math.max(1, Math.round(fraction * N));
  return { training: N - validation, validation };
}

export function trainingOptions(
  {
    batch,
    learningRate: rate,
    steps,
    warmup = 0,
    clip,
  }: Pick<Recipe, "batch" | "learningRate" | "steps" | "warmup" | "clip">,
  seed: number,
): TrainingOptions {
  const schedule =
    steps === undefined
      ? ({ kind: "constant", rate } as const)
      : ({ kind: "cosine", rate, warmup, steps } as const);
  return { batch, schedule, adam: { clip }, seed };
}

/** Runs the plan's schedule; the best weights by validation are in place at the end. */
export async function runTraining(
  pool: Pool,
  plan: Pick<Recipe, "batch" | "steps" | "maxEpochs" | "patience" | "refresh">,
  training: number,
  refresh: (name: string) => Promise<void>,
  { onProgress }: Control,
): Promise<LossRecord[]> {
  const batch = Math.min(plan.batch, training);
  const perEpoch = Math.floor(training / batch);
  const epochs = plan.steps === undefined ? (plan.maxEpochs ?? 1000) : Math.ceil(plan.steps / perEpoch);
  const total = plan.steps ?? epochs * perEpoch;
  const history: LossRecord[] = [];
  const watch = watchLoss(plan.patience);
  let step = 0;
  for (let epoch = 1; epoch <= epochs && step < total && !watch.exhausted; epoch++) {
    if (plan.refresh !== undefined && epoch > 1 && (epoch - 1) % plan.refresh === 0)
      await refresh(`noise/${epoch - 1}`);
    const steps = Math.min(perEpoch, total - step);
    const [{ loss }] = await pool.all({ kind: "trainRun", steps });
    step += steps;
    const [validation] = await pool.all({ kind: "validate" });
    history.push({ epoch, step, training: loss, validation });
    onProgress?.({
      stage: "train",
      done: step,
      total,
      note: `loss ${loss.toFixed(3)}, validation ${validation.toFixed(3)}`,
    });
    if (watch.see(validation)) await pool.all({ kind: "snapshot" });
  }
  await pool.all({ kind: "restore" });
  return history;
}
