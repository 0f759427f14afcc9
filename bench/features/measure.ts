import { ess, normaliseLogWeights } from "../../src/diagnose/ess.ts";
import { pickRows, rowsInside } from "../../src/fit/inside-prior.ts";
import { poolLogLike } from "../../src/fit/log-like.ts";
import { openPosterior, projectOnModel } from "../../src/fit/npe.ts";
import type { Pool } from "../../src/fit/pool.ts";
import { sampleFlow } from "../../src/fit/proposal.ts";
import { refineObservation } from "../../src/fit/refine-observation.ts";
import type { Bank } from "../../src/fit/simulate.ts";
import { type Trained, trainNetwork } from "../../src/fit/train.ts";
import { makeFeatures } from "../../src/fit/train-features.ts";
import { quantiles } from "../../src/math/quantile.ts";
import { featureCount, isLinear } from "../../src/npe/features.ts";
import type { Variant } from "./cases.ts";
import { type Moments, momentsOf, type Problem, slopes } from "./problem.ts";

export interface Effort {
  readonly steps: number;
  /** Test spectra that are sampled, and draws of each. */
  readonly spectra: number;
  readonly draws: number;
  /** Test spectra whose density at the truth is the held-out loss. */
  readonly heldOut: number;
}

/** What is measured of one network. */
export interface Measured {
  readonly features: number;
  /** Seconds to make the inputs and to train. */
  readonly build: number;
  readonly train: number;
  /** Mean -ln q(theta_true | x) over test spectra, densities in the declared parameters. */
  readonly loss: number;
  /** Slope through the origin of medians against truths, a parameter. */
  readonly slopes: readonly number[];
  /** ESS/N, 5th and 50th percentile over test spectra. */
  readonly efficiency: readonly [number, number];
  /** At the observed spectrum: ESS/N, C at the median, largest shift in sigma, least and largest ratio of widths. */
  readonly observed: {
    readonly efficiency: number;
    readonly atMedian: number;
    readonly shift: number;
    readonly ratio: readonly [number, number];
  };
}

/** Trains a network and returns what it took. */
export async function trainVariant(
  pool: Pool,
  { bins, prior }: Problem,
  bank: Bank,
  { features, estimator, ensemble }: Variant,
  { steps }: Effort,
): Promise<{ trained: Trained; build: number; train: number }> {
  const input = {
    bank,
    bins,
    priors: prior.priors,
    preset: "default" as const,
    features,
    ...(estimator && { estimator }),
    ...(ensemble && { ensemble }),
    seed: 1,
    build: "plain" as const,
    plan: { steps },
  };
  const start = performance.now();
  const map = await makeFeatures(pool, input);
  const made = performance.now();
  const trained = await trainNetwork(pool, { ...input, map });
  const seconds = (from: number, to: number) => (to - from) / 1000;
  await openPosterior(pool, trained.posterior, trained.flows, "plain");
  return { trained, build: seconds(start, made), train: seconds(made, performance.now()) };
}

/** What every network is shown and compared with: fitted spectra and the exact posterior, both by the open network. */
export async function reference(pool: Pool, problem: Problem, trained: Trained, { spectra }: Effort) {
  const { bins, prior, observed, tests } = problem;
  const fitted: number[][] = [];
  for (let i = 0; i < spectra; i++) {
    const counts = tests.counts.slice(i * bins, (i + 1) * bins);
    fitted.push(Array.from(await projectOnModel(pool, { counts, prior, seed: i, foreign: true })));
  }
  const seen = await projectOnModel(pool, { counts: observed, prior, seed: 1 });
  const refined = await refineObservation(pool, {
    seen,
    prior,
    posterior: trained.posterior,
    samples: 40_000,
    seed: 1,
  });
  const exact = momentsOf(prior, refined.theta, refined.weight);
  return { fitted, seen: Array.from(seen), exact, ess: refined.ess };
}

export type Reference = Awaited<ReturnType<typeof reference>>;

/** Measures the open network. */
export async function measure(
  pool: Pool,
  problem: Problem,
  trained: Trained,
  { fitted, seen, exact }: Reference,
  effort: Effort,
): Promise<Omit<Measured, "build" | "train">> {
  const { bins, prior, tests, observed } = problem;
  const D = prior.priors.length;
  const fits = isLinear(trained.posterior.features);
  const medians: number[] = [];
  const efficiency = new Float64Array(effort.spectra);
  for (let i = 0; i < effort.spectra; i++) {
    const counts = tests.counts.slice(i * bins, (i + 1) * bins);
    const shown = fits ? Float64Array.from(fitted[i]) : counts;
    const drawn = await weighed(pool, problem, shown, counts, effort.draws, i);
    efficiency[i] = drawn.efficiency;
    medians.push(...drawn.moments.map(({ median }) => median));
  }
  const jobs = Array.from({ length: effort.heldOut }, (_, i) => ({
    kind: "logProb" as const,
    counts: tests.counts.slice(i * bins, (i + 1) * bins),
    theta: tests.theta.slice(i * D, (i + 1) * D),
  }));
  const logProb = (await pool.map(jobs)).map(([value]) => value);
  const own = await weighed(pool, problem, fits ? Float64Array.from(seen) : observed, observed, 10_000, 1);
  const median = Float64Array.from(own.moments, (one, d) =>
    prior.priors[d].logarithmic ? 10 ** one.median : one.median,
  );
  const [logLike] = await poolLogLike(pool, median, D);
  const shifts = own.moments.map(({ mean }, d) => Math.abs(mean - exact[d].mean) / exact[d].sd);
  const ratios = own.moments.map(({ sd }, d) => sd / exact[d].sd);
  const [low, middle] = quantiles(efficiency, [0.05, 0.5]);
  return {
    features: featureCount(trained.posterior.features),
    loss: -logProb.reduce((sum, l) => sum + l, 0) / logProb.length,
    slopes: slopes(problem, medians),
    efficiency: [low, middle],
    observed: {
      efficiency: own.efficiency,
      atMedian: -2 * logLike,
      shift: Math.max(...shifts),
      ratio: [Math.min(...ratios), Math.max(...ratios)],
    },
  };
}

/** Draws for the counts that the network is shown, weighed by the likelihood of the counts that were observed. */
async function weighed(
  pool: Pool,
  { prior }: Problem,
  shown: Float64Array,
  counts: Float64Array,
  draws: number,
  seed: number,
): Promise<{ efficiency: number; moments: Moments[] }> {
  const D = prior.priors.length;
  const { theta, logProb } = await sampleFlow(pool, shown, draws, seed);
  const inside = rowsInside(theta, prior);
  const rows = pickRows(theta, inside, D);
  const logLike = await poolLogLike(pool, rows, D, { counts });
  const logWeight = new Float64Array(draws).fill(Number.NEGATIVE_INFINITY);
  for (const [n, i] of Array.from(inside).entries())
    logWeight[i] = logLike[n] + prior.logPdf(theta.subarray(i * D, (i + 1) * D)) - logProb[i];
  const efficiency = inside.length === 0 ? 0 : ess(normaliseLogWeights(logWeight)) / draws;
  return { efficiency, moments: momentsOf(prior, rows) };
}
