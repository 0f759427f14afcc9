import type { FlowSpec, FlowWeights } from "../flow/spec.ts";
import { requiredBytes, type TrainingOptions } from "../flow/trainer.ts";
import { type Base, baseLoss, baseMap, identityBase } from "../npe/base.ts";
import {
  binFeatures,
  type FeatureMap,
  featureCount,
  featureMoments,
  standardise,
  sufficientFeatures,
  varyingBins,
} from "../npe/features.ts";
import { fitBase } from "../npe/fit-base.ts";
import { monomialCount } from "../npe/monomials.ts";
import type { PosteriorSpec } from "../npe/posterior.ts";
import { type Recipe, recipe } from "../npe/recipe.ts";
import { sufficientBasis } from "../npe/sufficient.ts";
import { chooseKinds, makeTargets, type Target, targetMap } from "../npe/targets.ts";
import type { Prior } from "../prior/types.ts";
import type { Build } from "../tensor/engine.ts";
import { createMemory } from "../tensor/memory.ts";
import type { Pool } from "./pool.ts";
import { type Bank, joined, ranges } from "./simulate.ts";
import type { Control, Features, Preset } from "./types.ts";

export interface TrainInput {
  readonly bank: Bank;
  readonly bins: number;
  readonly priors: readonly Prior[];
  readonly preset: Preset;
  readonly features: Features;
  readonly seed: number;
  readonly build: Build;
  /** Mean background counts in the source region, added to mu where features look at ln mu (C). */
  readonly background?: Float64Array;
}

/** Losses over the training: one record each time the validation set was looked at. */
export interface LossRecord {
  readonly epoch: number;
  readonly step: number;
  readonly training: number;
  readonly validation: number;
}

export interface Trained {
  readonly posterior: PosteriorSpec;
  readonly flow: FlowWeights;
  readonly recipe: Recipe;
  readonly history: readonly LossRecord[];
  readonly steps: number;
  readonly epochs: number;
  /** Best mean -ln q(theta | x) over the validation rows, in z units. */
  readonly validationLoss: number;
}

/** Rows a job when features are computed. */
const ROWS = 512;
/** Realisations of the noise that the base is fitted to. */
const BASE_NOISES = 3;

/** Builds inputs, base and flow for a bank of simulations and trains the flow. */
export async function trainNetwork(pool: Pool, input: TrainInput, control: Control = {}): Promise<Trained> {
  const { bank, priors, preset, seed, build } = input;
  const D = priors.length;
  const features = await makeFeatures(pool, input);
  const F = featureCount(features);
  const plan = recipe(preset, D, F);
  const rows = splitRows(bank.rows, plan.validationFraction);
  const { base, targets } = await makeBase(pool, input, features, plan, rows.training);
  const t = targetMap(targets, priors).forward(bank.theta);
  const spec = flowSpec(plan, D, F);
  const options = trainingOptions(plan, seed);
  const memory = createMemory(requiredBytes(spec, rows, options), { shared: pool.size > 1 });
  await pool.all({ kind: "trainOpen", memory, build, spec, rows, options, features, base, targets: t });
  const refresh = async (name: string, part: { from: number; to: number }) => {
    const jobs = ranges(part.to - part.from, ROWS).map(({ from, to }) => ({
      kind: "refresh" as const,
      seed,
      name,
      from: part.from + from,
      to: part.from + to,
    }));
    await pool.map(jobs);
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
    flow,
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

function flowSpec(plan: Recipe, targets: number, features: number): FlowSpec {
  const { layers, hidden, blocks, embedding } = plan;
  return {
    kind: "maf",
    targets,
    features,
    layers,
    hidden,
    blocks,
    activation: "tanh",
    ...(embedding && { embedding: { ...embedding, activation: "silu" } }),
  };
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

/** Features of the preset, standardised over one realisation of the noise on the whole bank. */
async function makeFeatures(
  pool: Pool,
  { bank, bins: C, features: kind, seed, background }: TrainInput,
): Promise<FeatureMap> {
  const noise = (range: { from: number; to: number }) => ({ seed, name: "noise/features", ...range });
  if (kind === "sufficient") {
    const basis = sufficientBasis(
      withBackground(bank.mu.subarray(0, Math.min(bank.rows, 5000) * C), C, background),
      C,
    );
    const parts = await pool.map(
      ranges(bank.rows, ROWS).map((range) => ({ kind: "project" as const, basis, ...noise(range) })),
    );
    const raw = sufficientFeatures(
      joined(parts.map((p) => p.projections)),
      joined(parts.map((p) => p.totals)),
      basis.length / C,
    );
    return { kind, bins: C, basis, ...featureMoments(raw, basis.length / C + 1) };
  }
  const parts = await pool.map(
    ranges(bank.rows, ROWS).map((range) => ({ kind: "counts" as const, ...noise(range) })),
  );
  const counts = joined(parts.map((part) => Float64Array.from(part)));
  const used = varyingBins(counts, C);
  return { kind, bins: C, used, ...featureMoments(binFeatures(kind, used, counts, C), used.length) };
}

function withBackground(mu: Float32Array, C: number, background: Float64Array | undefined): Float32Array {
  return background === undefined ? mu : mu.map((v, i) => v + background[i % C]);
}

/** Standardised features (n, F) of one realisation of the noise, computed by the pool. */
async function poolFeatures(
  pool: Pool,
  map: FeatureMap,
  seed: number,
  name: string,
  rows: number,
): Promise<Float64Array> {
  if (map.kind !== "sufficient") {
    const parts = await pool.map(
      ranges(rows, ROWS).map((range) => ({ kind: "counts" as const, seed, name, ...range })),
    );
    const counts = joined(parts.map((part) => Float64Array.from(part)));
    return standardise(binFeatures(map.kind, map.used, counts, map.bins), map);
  }
  const { basis } = map;
  const parts = await pool.map(
    ranges(rows, ROWS).map((range) => ({ kind: "project" as const, basis, seed, name, ...range })),
  );
  const raw = sufficientFeatures(
    joined(parts.map((p) => p.projections)),
    joined(parts.map((p) => p.totals)),
    featureCount(map) - 1,
  );
  return standardise(raw, map);
}

interface BaseAndTargets {
  readonly base: Base;
  readonly targets: readonly Target[];
}

/**
 * The base of highest held-out density among polynomials of degree 0 to 3, and the kind of each target. The base is fitted
 * to several realisations of the noise on the training rows and judged on another one of the validation rows.
 */
async function makeBase(
  pool: Pool,
  input: TrainInput,
  map: FeatureMap,
  plan: Recipe,
  training: number,
): Promise<BaseAndTargets> {
  const { bank, priors, seed } = input;
  const D = priors.length;
  const F = featureCount(map);
  const standard = makeTargets(
    bank.theta,
    priors,
    priors.map(() => "standard"),
  );
  const logit =
    plan.targets === "logit"
      ? makeTargets(
          bank.theta,
          priors,
          priors.map(() => "logit"),
        )
      : standard;
  if (!plan.base) return { base: identityBase(F, D), targets: logit };
  const x: Float64Array[] = [];
  for (let k = 0; k < BASE_NOISES; k++)
    x.push(await poolFeatures(pool, map, seed, `noise/base/${k}`, training));
  const held = (await poolFeatures(pool, map, seed, "noise/0", bank.rows)).subarray(training * F);
  const choose = (targets: readonly Target[]): Base => {
    const t = targetMap(targets, priors).forward(bank.theta);
    const inside = t.subarray(0, training * D);
    return bestBase(joined(x), joined(x.map(() => inside)), held, t.subarray(training * D), F, D);
  };
  if (plan.targets !== "auto") return { base: choose(logit), targets: logit };
  const first = choose(standard);
  const { mean, sd } = baseMap(first).moments(x[0]);
  const kinds = chooseKinds(mean, sd, standard, priors);
  if (!kinds.includes("logit")) return { base: first, targets: standard };
  const targets = makeTargets(bank.theta, priors, kinds);
  return { base: choose(targets), targets };
}

/** Degrees of mean and log variance that are tried, as long as there are 10 rows a coefficient. */
const DEGREES = [
  [0, 0],
  [1, 1],
  [2, 1],
  [2, 2],
  [3, 2],
] as const;

function bestBase(
  x: Float64Array,
  t: Float64Array,
  xHeld: Float64Array,
  tHeld: Float64Array,
  F: number,
  D: number,
): Base {
  const rows = t.length / D / BASE_NOISES;
  let best: Base | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [meanDegree, scaleDegree] of DEGREES) {
    if (10 * monomialCount(F, meanDegree) > rows) break;
    const base = fitBase(x, t, F, D, { meanDegree, scaleDegree });
    const loss = baseLoss(base, xHeld, tHeld);
    if (loss < least) {
      least = loss;
      best = base;
    }
  }
  return best ?? identityBase(F, D);
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
  let best = Number.POSITIVE_INFINITY;
  let since = 0;
  let step = 0;
  for (let epoch = 1; epoch <= epochs && step < total; epoch++) {
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
    if (validation < best) {
      best = validation;
      since = 0;
      await pool.all({ kind: "snapshot" });
    } else if (plan.patience !== undefined && ++since >= plan.patience) break;
  }
  await pool.all({ kind: "restore" });
  return history;
}
