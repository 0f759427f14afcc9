import { watchLoss } from "../flow/patience.ts";
import type { FlowWeights } from "../flow/spec.ts";
import { requiredBytes } from "../flow/trainer.ts";
import type { TrainingOptions } from "../flow/training-options.ts";
import { estimatorSpec } from "../npe/estimator-spec.ts";
import { featureCount } from "../npe/features.ts";
import type { PosteriorSpec } from "../npe/posterior.ts";
import { type Recipe, recipe } from "../npe/recipe.ts";
import { targetMap } from "../npe/targets.ts";
import { createMemory } from "../tensor/memory.ts";
import type { Pool } from "./pool.ts";
import { makeBase, makeFeatures } from "./train-features.ts";
import { chunks, type TrainInput } from "./train-input.ts";
import type { Control } from "./types.ts";

/** Losses over the training: one record each time the validation set was looked at. */
export interface LossRecord {
  readonly epoch: number;
  readonly step: number;
  readonly training: number;
  readonly validation: number;
}

export interface Trained {
  readonly posterior: PosteriorSpec;
  /** One, or the members of an ensemble, whose mean density is the posterior's. */
  readonly flows: readonly FlowWeights[];
  readonly recipe: Recipe;
  readonly history: readonly LossRecord[];
  readonly steps: number;
  readonly epochs: number;
  /** Best mean -ln q(theta | x) over the validation rows, in z units. */
  readonly validationLoss: number;
}

/** Builds inputs, base and flow for a bank of simulations and trains the flow. */
export async function trainNetwork(pool: Pool, input: TrainInput, control: Control = {}): Promise<Trained> {
  const { bank, priors, preset, seed, build } = input;
  const D = priors.length;
  const features = await makeFeatures(pool, input);
  const F = featureCount(features);
  const { estimator, features: kind } = input;
  const plan = {
    ...recipe(preset, D, F, { ...(estimator && { estimator }), features: kind }),
    ...input.plan,
  };
  const rows = splitRows(bank.rows, plan.validationFraction);
  const { base, targets } = await makeBase(pool, input, features, plan, rows.training);
  const t = targetMap(targets, priors).forward(bank.theta);
  const spec = estimatorSpec(plan, D, F);
  const options = trainingOptions(plan, seed);
  const memory = createMemory(requiredBytes(spec, rows, options), { shared: pool.size > 1 });
  await pool.all({ kind: "trainOpen", memory, build, spec, rows, options, features, base, targets: t });
  const refresh = async (name: string, part: { from: number; to: number }) => {
    await pool.map(chunks({ seed, name, ...part }).map((chunk) => ({ kind: "refresh" as const, ...chunk })));
  };
  await refresh("noise/0", { from: 0, to: bank.rows });
  const history = await runTraining(
    pool,
    plan,
    rows.training,
    (name) => refresh(name, { from: 0, to: rows.training }),
    control,
  );
  const flow = await pool.run(0, { kind: "weights" });
  const best = history.reduce((a, b) => (b.validation < a.validation ? b : a));
  const last = history[history.length - 1];
  return {
    posterior: { features, targets, base },
    flows: [flow],
    recipe: plan,
    history,
    steps: last.step,
    epochs: last.epoch,
    validationLoss: best.validation,
  };
}

function splitRows(N: number, fraction: number): { training: number; validation: number } {
  const validation = Math.max(1, Math.round(fraction * N));
  return { training: N - validation, validation };
}

function trainingOptions(
  { batch, learningRate: rate, steps, warmup = 0, clip }: Recipe,
  seed: number,
): TrainingOptions {
  const schedule =
    steps === undefined
      ? ({ kind: "constant", rate } as const)
      : ({ kind: "cosine", rate, warmup, steps } as const);
  return { batch, schedule, adam: { clip }, seed };
}

/** Runs the plan's schedule; the best weights by validation are in place at the end. */
async function runTraining(
  pool: Pool,
  plan: Recipe,
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
