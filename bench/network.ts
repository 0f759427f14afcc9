import type { Pool } from "../src/fit/pool.ts";
import { type Bank, ranges } from "../src/fit/simulate.ts";
import type { FlowSpec, FlowWeights } from "../src/flow/spec.ts";
import { requiredBytes } from "../src/flow/trainer.ts";
import { flowWeights } from "../src/flow/weights.ts";
import { identityBase } from "../src/npe/base.ts";
import { type FeatureMap, featureCount, features } from "../src/npe/features.ts";
import { featureMoments } from "../src/npe/features-moments.ts";
import type { PosteriorSpec } from "../src/npe/posterior.ts";
import { recipe } from "../src/npe/recipe.ts";
import { sufficientBasis } from "../src/npe/sufficient.ts";
import { makeTargets, targetMap } from "../src/npe/targets.ts";
import type { Prior } from "../src/prior/types.ts";
import { createMemory } from "../src/tensor/memory.ts";
import { BUILD } from "./ceiling.ts";
import { SEED } from "./setup.ts";

/** A network ready for training on a bank. */
export interface Prepared {
  readonly spec: FlowSpec;
  readonly posterior: PosteriorSpec;
  /** Targets (N, D). */
  readonly t: Float64Array;
}

/** The network of a preset: raw counts for the paper's, sufficient features and an embedding for the default. */
export function prepare(
  preset: "paper" | "default",
  bank: Bank,
  bins: number,
  priors: readonly Prior[],
): Prepared {
  const map = preset === "paper" ? rawMap(bank, bins) : sufficientMap(bank, bins);
  const D = priors.length;
  const F = featureCount(map);
  const { layers, hidden, blocks, embedding } = recipe(preset, D, F);
  const kinds = priors.map(() => "standard" as const);
  const targets = makeTargets(bank.theta, priors, kinds);
  return {
    spec: {
      kind: "maf",
      targets: D,
      features: F,
      layers,
      hidden,
      blocks,
      activation: "tanh",
      ...(embedding && { embedding: { ...embedding, activation: "silu" } }),
    },
    posterior: { features: map, targets, base: identityBase(F, D) },
    t: targetMap(targets, priors).forward(bank.theta),
  };
}

function rawMap({ mu }: Bank, bins: number): FeatureMap {
  const used = Int32Array.from({ length: bins }, (_, c) => c);
  return { kind: "raw", bins, used, ...featureMoments(Float64Array.from(mu), bins) };
}

function sufficientMap({ mu }: Bank, bins: number): FeatureMap {
  const basis = sufficientBasis(mu, bins);
  const F = basis.length / bins + 1;
  const raw = {
    kind: "sufficient",
    bins,
    basis,
    mean: new Float64Array(F),
    sd: new Float64Array(F).fill(1),
  } as const;
  return { ...raw, ...featureMoments(features(raw, mu), F) };
}

/** Opens a trainer on every rank and fills it with one realisation of the noise. */
export async function openTraining(
  pool: Pool,
  bank: Bank,
  { spec, posterior, t }: Prepared,
  batch: number,
): Promise<void> {
  const validation = Math.ceil(bank.rows / 10);
  const rows = { training: bank.rows - validation, validation };
  const options = { batch, schedule: { kind: "constant", rate: 5e-4 } as const, seed: SEED };
  const memory = createMemory(requiredBytes(spec, rows, options), { shared: pool.size > 1 });
  const { features, base } = posterior;
  await pool.all({
    kind: "trainOpen",
    memory,
    build: BUILD,
    spec,
    rows,
    options,
    features,
    base,
    targets: t,
  });
  const noise = { kind: "refresh" as const, seed: SEED, name: "noise/bench" };
  await pool.map(ranges(bank.rows, 512).map((range) => ({ ...noise, ...range })));
}

/** Weights after a few steps: as fast or slow as those of a good network. */
export async function barelyTrained(pool: Pool, bank: Bank, prepared: Prepared): Promise<FlowWeights> {
  await openTraining(pool, bank, prepared, Math.min(200, bank.rows >> 1));
  await pool.all({ kind: "trainRun", steps: 10 });
  return flowWeights(await pool.run(0, { kind: "weights" }));
}
