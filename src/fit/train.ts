import type { FlowWeights } from "../flow/spec.ts";
import { requiredBytes } from "../flow/trainer.ts";
import type { AtomicOptions, TrainingOptions } from "../flow/training-options.ts";
import { flowWeights } from "../flow/weights.ts";
import { stream } from "../math/random.ts";
import { backgroundsShown } from "../npe/background.ts";
import { estimatorSpec } from "../npe/estimator-spec.ts";
import { featureCount } from "../npe/features.ts";
import type { PosteriorSpec } from "../npe/posterior.ts";
import { type Recipe, recipe } from "../npe/recipe.ts";
import { type Target, targetMap } from "../npe/targets.ts";
import type { Prior } from "../prior/types.ts";
import { createMemory } from "../tensor/memory.ts";
import type { Noise, TrainingJob } from "./jobs.ts";
import type { Pool } from "./pool.ts";
import { makeBase, makeFeatures } from "./train-features.ts";
import { type AtomicLoss, chunks, type TrainInput } from "./train-input.ts";
import { type LossRecord, runTraining, splitRows, trainingOptions } from "./train-loop.ts";

import type { Control } from "./types.ts";

export type { LossRecord } from "./train-loop.ts";

export interface Trained {
  readonly posterior: PosteriorSpec;
  /** One, or the members of an ensemble, whose mean density is the posterior's. */
  readonly flows: readonly FlowWeights[];
  readonly recipe: Recipe;
  readonly history: readonly LossRecord[];
  readonly steps: number;
  readonly epochs: number;
  /** Best mean -ln q(theta | x) over the validation rows, in z units; the mean over the members of an ensemble. */
  readonly validationLoss: number;
}

/** Builds inputs, base and flow for a bank of simulations and trains the flow. */
export async function trainNetwork(pool: Pool, input: TrainInput, control: Control = {}): Promise<Trained> {
  const { bank, priors, preset, seed, build } = input;
  const D = priors.length;
  const { start, atomic } = input;
  const features = start?.posterior.features ?? input.map ?? (await makeFeatures(pool, input, control));
  const F = featureCount(features);
  const { estimator, features: kind } = input;
  const plan = {
    // Background counts tell how wide posteriors are, not how curved the family of spectra is.
    ...recipe(preset, D, F - backgroundsShown(features.background), {
      ...(estimator && { estimator }),
      features: kind,
    }),
    ...input.plan,
  };
  const rows = splitRows(bank.rows, plan.validationFraction);
  const { base, targets } = start?.posterior ?? (await makeBase(pool, input, features, plan, rows.training));
  const t = targetMap(targets, priors).forward(bank.theta);
  const spec = estimatorSpec(plan, D, F);
  const opened = { build, spec, rows, features, base, targets: t };
  const members: Member[] = [];
  const { ensemble: K = 1 } = input;
  const loss = atomic && { atomic: atomicOptions(atomic, bank.theta, priors, targets) };
  for (let k = 0; k < K; k++)
    members.push(
      await trainMember(
        pool,
        opened,
        plan,
        { seed, member: k, ...loss, ...(start && { initial: start.flows[k] }) },
        withName(control, k, K),
      ),
    );
  // Histories of members differ by little; the first stands for all.
  const [{ history }] = members;
  const losses = members.map((one) => Math.min(...one.history.map(({ validation }) => validation)));
  const last = history[history.length - 1];
  return {
    posterior: { features, targets, base },
    flows: members.map(({ flow }) => flow),
    recipe: plan,
    history,
    steps: last.step,
    epochs: last.epoch,
    validationLoss: losses.reduce((sum, loss) => sum + loss, 0) / K,
  };
}

interface Member {
  readonly flow: FlowWeights;
  readonly history: readonly LossRecord[];
}

/**
 * One network. Members of an ensemble differ by their first weights, the order of their batches and the noise that is drawn while they are
 * trained; the first is the network that would be trained alone. All see the same validation set.
 */
async function trainMember(
  pool: Pool,
  opened: Omit<TrainingJob, "memory" | "options">,
  plan: Recipe,
  {
    seed,
    member,
    ...more
  }: Pick<TrainingOptions, "atomic" | "initial" | "seed"> & { readonly member: number },
  control: Control,
): Promise<Member> {
  const { spec, rows } = opened;
  const own = member === 0 ? seed : Math.floor(2 ** 32 * stream(seed, "ensemble", member).uniform());
  const options = { ...trainingOptions(plan, own), ...more };
  const memory = createMemory(requiredBytes(spec, rows, options), { shared: pool.size > 1 });
  await pool.all({ kind: "trainOpen", memory, options, ...opened });
  const refresh = async (noise: Noise) => {
    await pool.map(chunks(noise).map((chunk) => ({ kind: "refresh" as const, ...chunk })));
  };
  const all = rows.training + rows.validation;
  await refresh({ seed, name: "noise/0", from: 0, to: all });
  const history = await runTraining(
    pool,
    plan,
    rows.training,
    (name) => refresh({ seed: own, name, from: 0, to: rows.training }),
    control,
  );
  return { flow: flowWeights(await pool.run(0, { kind: "weights" })), history };
}

/** The atomic loss needs ln p(theta) in the units of the network's targets. */
function atomicOptions(
  { atoms, plain }: AtomicLoss,
  theta: Float64Array,
  priors: readonly Prior[],
  targets: readonly Target[],
): AtomicOptions {
  const D = priors.length;
  const jacobian = targetMap(targets, priors).logJacobian(theta);
  const offsets = jacobian.map((j, i) =>
    priors.reduce((sum, prior, d) => sum - prior.logPdf(theta[i * D + d]), j),
  );
  return { atoms, offsets, ...(plain && { plain }) };
}

/** Says which of several members is trained. */
function withName({ onProgress, signal }: Control, k: number, K: number): Control {
  if (K === 1 || onProgress === undefined)
    return { ...(onProgress && { onProgress }), ...(signal && { signal }) };
  return {
    ...(signal && { signal }),
    onProgress: ({ done, total, note, ...rest }) =>
      onProgress({
        ...rest,
        done: k * total + done,
        total: K * total,
        note: `network ${k + 1} of ${K}, ${note}`,
      }),
  };
}
