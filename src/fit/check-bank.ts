import { ess, normaliseLogWeights } from "../diagnose/ess.ts";
import type { CalibrationCase } from "../diagnose/index.ts";
import { psis } from "../diagnose/psis.ts";
import { dataLength } from "../npe/background.ts";
import { features } from "../npe/features.ts";
import type { CountsWindow } from "../npe/window.ts";
import type { JointPrior } from "../prior/types.ts";
import type { TestDraws } from "./check-job.ts";
import { pickRows } from "./inside-prior.ts";
import { measuredData } from "./network-data.ts";
import { measured, type OpenNetwork } from "./open-network.ts";
import { binCount } from "./problem.ts";
import { simulateBank } from "./simulate.ts";
import type { Control } from "./types.ts";

export interface TestBankOptions {
  /** Simulated spectra. */
  readonly spectra: number;
  /** Draws of the network for each. */
  readonly draws: number;
  readonly seed: number;
}

/** Draws inside the training region beside the truth, with weights and with what joint tests compare. */
export interface RegionDraws extends CalibrationCase {
  readonly truth: Float64Array;
  /** (M, D). */
  readonly draws: Float64Array;
  /** The network's density at truth and draws. */
  readonly density: { readonly truth: number; readonly draws: Float64Array };
  /** The likelihood of the data, where it is defined. */
  readonly logLike?: { readonly truth: number; readonly draws: Float64Array };
}

/** One simulated spectrum, what it was simulated with, and its posterior. */
export interface TestSpectrum {
  readonly truth: Float64Array;
  /** Source counts of the spectrum, all bins. */
  readonly total: number;
  /** What the network sees of it (F), standardised. */
  readonly features: Float64Array;
  /** Draws of the network alone, equally weighted; absent where (almost) none lies in the training region. */
  readonly network?: RegionDraws;
  /** The same draws with importance weights; absent without likelihood, or where no draw has one. */
  readonly refined?: RegionDraws & { readonly weights: Float64Array };
  /** Share of the network's draws outside of prior and training region. */
  readonly outside: number;
  /** ESS / M of the importance weights, zero outside of the region, and their Pareto k. */
  readonly importance?: { readonly efficiency: number; readonly ess: number; readonly paretoK: number };
}

export type Importance = NonNullable<TestSpectrum["importance"]>;

/** As for fits: below this efficiency, or above this Pareto k where weights are uneven, they no longer repair what the network missed. */
const RELIABLE = { efficiency: 0.02, paretoK: 0.7, even: 0.9 };

/** Whether importance sampling repairs the network's posterior; data and draws alone tell. */
export function reliable({ efficiency, paretoK }: Pick<Importance, "efficiency" | "paretoK">): boolean {
  return efficiency >= RELIABLE.efficiency && (paretoK <= RELIABLE.paretoK || efficiency >= RELIABLE.even);
}

/** Test spectra apart from any that a network is trained on, whose seeds people choose small. */
const TEST_SEEDS = 2 ** 40;
/** Fewer draws than this inside the region say nothing of a posterior. */
const LEAST_DRAWS = 10;
/** Effective draws below which a weighted posterior says nothing. */
const LEAST_EFFECTIVE = 5;

/**
 * Spectra simulated from the part of the prior that the network was trained on, one realisation of the noise each, with the network's
 * posterior of each. Their random numbers are none of the training's, whatever the seed.
 *
 * A network trained inside a region R of the prior learns  p(theta | x) restricted to R.  So truths are drawn from the prior within R, and
 * draws outside of R are dropped (weight zero where they are weighted): ranks of the truth among the rest are uniform if and only if the
 * network is right inside R, and say nothing of what lies beyond.
 */
export async function testBank(
  open: OpenNetwork,
  { spectra, draws, seed }: TestBankOptions,
  { onProgress }: Control = {},
): Promise<TestSpectrum[]> {
  const { pool, problem, prior, network } = open;
  const { window, region } = network.origin;
  const restricted = region !== undefined;
  if (restricted) await pool.all({ kind: "regionOpen", region, build: "plain" });
  const dimensions = prior.priors.length;
  const bins = binCount(problem.observations);
  const own = TEST_SEEDS + seed;
  const bank = await simulateBank(pool, {
    simulations: spectra,
    dimensions,
    bins,
    seed: own,
    window,
    restricted,
  });
  const { background } = network.posterior.features;
  const noise = { kind: "counts", seed: own, name: "check/noise", from: 0, to: spectra, background } as const;
  const counts = await pool.run(0, noise);
  const L = dataLength(bins, background);
  // Chi's variances are those of the observed data, which simulated counts have not.
  const likelihood = problem.statistic !== "chi";
  // Simulated backgrounds have the scales of the network's, whatever those of the open problem.
  if (background !== undefined) {
    const data = measuredData(background, problem.observations, Float64Array.from(counts.subarray(0, L)));
    await pool.all({ kind: "observe", data });
  }
  const jobs = Array.from({ length: spectra }, (_, i) => ({
    kind: "test" as const,
    counts: Float64Array.from(counts.subarray(i * L, (i + 1) * L)),
    truth: bank.theta.slice(i * dimensions, (i + 1) * dimensions),
    seed: own,
    first: i * draws,
    count: draws,
    likelihood,
    restricted,
  }));
  const report = (done: number) =>
    onProgress?.({ stage: "sample", done: done * draws, total: spectra * draws });
  const drawn = await pool.map(jobs, report);
  if (background !== undefined) await pool.all({ kind: "observe", data: measured(problem.observations) });
  return drawn.map((each, i) => ({
    truth: jobs[i].truth,
    total: jobs[i].counts.subarray(0, bins).reduce((sum, n) => sum + n, 0),
    features: features(network.posterior.features, jobs[i].counts),
    ...testPosterior(each, prior, window),
  }));
}

type TestPosterior = Omit<TestSpectrum, "truth" | "total" | "features">;

function testPosterior(drawn: TestDraws, prior: JointPrior, window: CountsWindow): TestPosterior {
  const { logLike, logProb, theta, total } = drawn;
  const D = prior.priors.length;
  const M = logProb.length - 1;
  // NaN, outside of prior or region, is in no window.
  const inside = Array.from({ length: M }, (_, m) => m).filter(
    (m) => total[m] >= window.lower && total[m] <= window.upper,
  );
  const known = inside.length >= LEAST_DRAWS;
  const at = (values: Float64Array) => ({
    truth: values[M],
    draws: Float64Array.from(inside, (m) => values[m]),
  });
  const network: RegionDraws = {
    truth: theta.slice(M * D),
    draws: pickRows(theta, inside, D),
    density: at(logProb),
    ...(logLike && { logLike: at(logLike) }),
  };
  const common = { outside: 1 - inside.length / M, ...(known && { network }) };
  if (logLike === undefined) return common;
  const logPosterior = logLike.map((l, m) => l + prior.logPdf(theta.subarray(m * D, (m + 1) * D)));
  // The posterior that is sought has no mass outside of the region, as the truths have none there.
  const logWeight = new Float64Array(M).fill(Number.NEGATIVE_INFINITY);
  for (const m of inside)
    if (logPosterior[m] > Number.NEGATIVE_INFINITY) logWeight[m] = logPosterior[m] - logProb[m];
  const effective = ess(normaliseLogWeights(logWeight));
  const smoothed = psis(logWeight);
  const weights = normaliseLogWeights(Float64Array.from(inside, (m) => smoothed.logWeights[m]));
  const usable = known && ess(weights) >= LEAST_EFFECTIVE;
  return {
    ...common,
    ...(usable && { refined: { ...network, density: at(logPosterior), weights } }),
    importance: { efficiency: effective / M, ess: effective, paretoK: smoothed.k },
  };
}
