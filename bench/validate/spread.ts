import { ess, normaliseLogWeights } from "../../src/diagnose/ess.ts";
import { psis } from "../../src/diagnose/psis.ts";
import { loadObservations, problemOf } from "../../src/fit/load.ts";
import { poolLogLike } from "../../src/fit/log-like.ts";
import { countsWindow, openPosterior, projectOnModel } from "../../src/fit/npe.ts";
import { spawnNodeWorker } from "../../src/fit/platform-node.ts";
import { createPool, type Pool } from "../../src/fit/pool.ts";
import { binCount, problemPrior } from "../../src/fit/problem.ts";
import { sampleFlow } from "../../src/fit/proposal.ts";
import { simulateBank } from "../../src/fit/simulate.ts";
import { trainNetwork } from "../../src/fit/train.ts";
import type { FitConfig } from "../../src/fit/types.ts";
import { quantiles } from "../../src/math/quantile.ts";
import { parseExpression } from "../../src/model/expression.ts";
import { readFile } from "../../src/node.ts";
import type { JointPrior } from "../../src/prior/types.ts";

/** Importance efficiency of one network over many spectra that it has not seen. */
export interface Spread {
  readonly spectra: number;
  /** 5th, 25th, 50th percentile of ESS/N of the flow's own draws. */
  readonly efficiency: readonly [number, number, number];
  /** Fraction of spectra with a Pareto k above 0.7. */
  readonly poor: number;
  readonly trainSeconds: number;
}

export interface SpreadOptions {
  readonly spectra: number;
  /** Draws of the flow for each spectrum. */
  readonly draws: number;
}

/** Streams of the test spectra, apart from those of the training. */
const TEST_SEED = 7919;

/**
 * Trains a network with the configuration and measures ESS/N = (sum w)^2 / (N sum w^2), w = L p / q, on simulated
 * spectra: parameters from the same restricted prior by another seed, Poisson counts of them, and everything that a fit does with
 * observed counts.
 */
export async function efficiencySpread(
  config: FitConfig,
  { spectra, draws }: SpreadOptions,
): Promise<Spread> {
  const observations = await loadObservations(config, readFile);
  const problem = problemOf(config, observations);
  const prior = problemPrior(parseExpression(problem.model), problem.free);
  const bins = binCount(observations);
  const dimensions = prior.priors.length;
  const pool = createPool({ size: config.workers, spawn: spawnNodeWorker });
  try {
    await pool.all({ kind: "open", problem });
    const build = "plain";
    const { seed, simulations, preset, features, restrict } = config;
    const window = countsWindow(restrict, observations);
    const bank = await simulateBank(pool, { simulations, dimensions, bins, seed, window });
    const start = performance.now();
    const trained = await trainNetwork(pool, {
      bank,
      bins,
      priors: prior.priors,
      preset,
      features,
      seed,
      build,
    });
    const trainSeconds = (performance.now() - start) / 1000;
    await openPosterior(pool, trained.posterior, trained.flows, build);
    const tests = await simulateBank(pool, {
      simulations: spectra,
      dimensions,
      bins,
      seed: seed + TEST_SEED,
      window,
    });
    const noise = { seed: seed + TEST_SEED, name: "validation", from: 0, to: tests.rows };
    const counts = Float64Array.from(await pool.run(0, { kind: "counts", ...noise }));
    const efficiency = new Float64Array(spectra);
    let poor = 0;
    for (let i = 0; i < spectra; i++) {
      const own = counts.slice(i * bins, (i + 1) * bins);
      const found = await weigh(pool, prior, own, { project: preset !== "paper", draws, seed: seed + i });
      efficiency[i] = found.efficiency;
      if (found.k > 0.7) poor++;
    }
    const [low, quarter, median] = quantiles(efficiency, [0.05, 0.25, 0.5]);
    return { spectra, efficiency: [low, quarter, median], poor: poor / spectra, trainSeconds };
  } finally {
    pool.close();
  }
}

interface WeighOptions {
  readonly project: boolean;
  readonly draws: number;
  readonly seed: number;
}

async function weigh(
  pool: Pool,
  prior: JointPrior,
  counts: Float64Array,
  { project, draws, seed }: WeighOptions,
): Promise<{ efficiency: number; k: number }> {
  const D = prior.priors.length;
  const seen = project ? await projectOnModel(pool, { counts, prior, seed, foreign: true }) : counts;
  const { theta, logProb } = await sampleFlow(pool, seen, draws, seed);
  const row = (i: number) => theta.subarray(i * D, (i + 1) * D);
  const logPrior = logProb.map((_, i) => prior.logPdf(row(i)));
  const inside = [...logPrior.keys()].filter((i) => logPrior[i] > Number.NEGATIVE_INFINITY);
  if (inside.length === 0) return { efficiency: 0, k: Number.POSITIVE_INFINITY };
  const rows = new Float64Array(inside.length * D);
  inside.forEach((i, n) => {
    rows.set(row(i), n * D);
  });
  const logLike = await poolLogLike(pool, rows, D, { counts });
  const logWeight = new Float64Array(draws).fill(Number.NEGATIVE_INFINITY);
  inside.forEach((i, n) => {
    logWeight[i] = logLike[n] + logPrior[i] - logProb[i];
  });
  return { efficiency: ess(normaliseLogWeights(logWeight)) / draws, k: psis(logWeight).k };
}
