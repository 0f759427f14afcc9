import { backgroundsShown, dataLength, isShown, netVariance } from "../npe/background.ts";
import { type Base, baseLoss, baseMap, identityBase } from "../npe/base.ts";
import { type FeatureMap, featureCount } from "../npe/features.ts";
import type { BinFeatures } from "../npe/features-bins.ts";
import { featureMoments, type Standardisation, varying } from "../npe/features-moments.ts";
import { pcaBasis } from "../npe/features-pca.ts";
import { netBasis } from "../npe/features-sufficient.ts";
import { bandsOf, statisticCount, summaryStatistics } from "../npe/features-summary.ts";
import { fitBase } from "../npe/fit-base.ts";
import { monomialCount } from "../npe/monomials.ts";
import type { Recipe } from "../npe/recipe.ts";
import { sufficientBasis } from "../npe/sufficient.ts";
import { chooseKinds, makeTargets, type Target, targetMap } from "../npe/targets.ts";
import type { Noise } from "./jobs.ts";
import type { Pool } from "./pool.ts";
import { joined } from "./simulate.ts";
import { trainAutoencoder } from "./train-autoencoder.ts";
import { chunks, type TrainInput } from "./train-input.ts";
import type { Control } from "./types.ts";

/** Realisations of the noise that the base is fitted to. */
const BASE_NOISES = 3;
/** Spectra that modes and principal components are taken from. */
const ROWS_LEARNT_FROM = 5000;

/**
 * The features of a bank, standardised over one realisation of the noise on all of it. Everything that is learnt from counts - which bins
 * vary, principal components - is learnt from the same realisation.
 */
export async function makeFeatures(
  pool: Pool,
  input: TrainInput,
  control: Control = {},
): Promise<FeatureMap> {
  const { bank, bins, seed } = input;
  const noise = { seed, name: "noise/features", from: 0, to: bank.rows };
  const standardised = async <M extends FeatureMap>(map: M): Promise<M> => {
    return { ...map, ...featureMoments(await poolFeatures(pool, map, noise), featureCount(map)) };
  };
  if (input.features !== "autoencoder") return standardised(await rawFeatures(pool, input, noise));
  const inputs = await standardised(await binMap(pool, "sqrt", input, noise));
  const latents = modes(input).length / bins + 1 + backgroundsShown(input.background);
  return standardised(await trainAutoencoder(pool, input, inputs, latents, control));
}

/** The basis of near-sufficient statistics (C, K). */
function modes({ bank, bins, background }: TrainInput): Float64Array {
  const some = bank.mu.subarray(0, Math.min(bank.rows, ROWS_LEARNT_FROM) * bins);
  const besides = background && netVariance(background);
  return sufficientBasis(besides ? some.map((v, i) => v + besides[i % bins]) : some, bins);
}

/** What every kind of features says of its data. */
function shapeOf({ bins, background }: TrainInput): Pick<Standardisation, "bins" | "background"> {
  return { bins: dataLength(bins, background), ...(background && { background }) };
}

async function binMap(
  pool: Pool,
  kind: "raw" | "sqrt",
  input: TrainInput,
  noise: Noise,
): Promise<BinFeatures> {
  const data = shapeOf(input);
  const used = varying(await noisyCounts(pool, input, noise), data.bins);
  return { kind, ...data, used, ...untouched(used.length) };
}

/** The map before it is standardised: means 0, deviations 1. */
async function rawFeatures(pool: Pool, input: TrainInput, noise: Noise): Promise<FeatureMap> {
  const { features: kind, background } = input;
  const data = shapeOf(input);
  const { bins } = data;
  if (kind === "sufficient") {
    const own = modes(input);
    const F = own.length / input.bins + 1 + backgroundsShown(background);
    return { kind, ...data, basis: isShown(background) ? netBasis(own, background) : own, ...untouched(F) };
  }
  if (kind === "raw") return binMap(pool, kind, input, noise);
  if (kind === "sqrt" || kind === "embedding") return binMap(pool, "sqrt", input, noise);
  const counts = await noisyCounts(pool, input, noise);
  if (kind === "summary" || kind === "bands") {
    const energies = await pool.run(0, { kind: "energies" });
    const bands = bandsOf(kind, isShown(background) ? [...energies, ...energies] : energies);
    const used = varying(summaryStatistics(bands, counts), statisticCount(bands));
    return { kind, ...data, bands, used, ...untouched(used.length) };
  }
  const fraction = Number(kind.slice("pca(".length, -1));
  const basis = pcaBasis(counts.subarray(0, ROWS_LEARNT_FROM * bins), bins, fraction);
  return { kind: "pca", fraction, ...data, basis, ...untouched(basis.length / bins) };
}

const untouched = (F: number) => ({ mean: new Float64Array(F), sd: new Float64Array(F).fill(1) });

/** Features (n, F) of one realisation of the noise, computed by the pool. */
async function poolFeatures(pool: Pool, map: FeatureMap, noise: Noise): Promise<Float64Array> {
  return joined(await pool.map(chunks(noise).map((chunk) => ({ kind: "features" as const, map, ...chunk }))));
}

/** Data (n, L). */
async function noisyCounts(pool: Pool, { background }: TrainInput, noise: Noise): Promise<Float64Array> {
  const jobs = chunks(noise).map((chunk) => ({ kind: "counts" as const, ...chunk, background }));
  const parts = await pool.map(jobs);
  return joined(parts.map((part) => Float64Array.from(part)));
}

interface BaseAndTargets {
  readonly base: Base;
  readonly targets: readonly Target[];
}

/**
 * The base of highest held-out density among polynomials of degree 0 to 3, and the kind of each target. The base is fitted
 * to several realisations of the noise on the training rows and judged on another one of the validation rows.
 */
export async function makeBase(
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
  if (!plan.base) return { base: identityBase(F, D), targets: standard };
  const x: Float64Array[] = [];
  for (let k = 0; k < BASE_NOISES; k++)
    x.push(await poolFeatures(pool, map, { seed, name: `noise/base/${k}`, from: 0, to: training }));
  const held = await poolFeatures(pool, map, { seed, name: "noise/0", from: training, to: bank.rows });
  const choose = (targets: readonly Target[]): Base => {
    const t = targetMap(targets, priors).forward(bank.theta);
    const inside = t.subarray(0, training * D);
    return bestBase(joined(x), joined(x.map(() => inside)), held, t.subarray(training * D), F, D);
  };
  const first = choose(standard);
  if (plan.targets === "standard") return { base: first, targets: standard };
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
