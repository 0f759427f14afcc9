import { ess, normaliseLogWeights } from "../diagnose/ess.ts";
import { psis } from "../diagnose/psis.ts";
import { posteriorRanks } from "../diagnose/sbc.ts";
import { pickRows, rowsInside } from "../fit/inside-prior.ts";
import { poolLogLike } from "../fit/log-like.ts";
import { projectOnModel } from "../fit/npe.ts";
import { oneRank } from "../fit/one-rank.ts";
import type { Pool } from "../fit/pool.ts";
import { sampleFlow } from "../fit/proposal.ts";
import { quantiles } from "../math/quantile.ts";
import { stream } from "../math/random.ts";
import type { Network } from "./network.ts";
import type { Session } from "./session.ts";
import { testSpectra } from "./test-set.ts";

/** Importance efficiency of one network over spectra that it has not seen. Plain data. */
export interface Spread {
  readonly spectra: number;
  /** 5th, 25th, 50th percentile of ESS/N of the flow's own draws. */
  readonly efficiency: readonly [number, number, number];
  /** Fraction of spectra with a Pareto k above 0.7. */
  readonly poor: number;
  /** Ranks of the true values among the weighted draws, one list a parameter. */
  readonly ranks: readonly (readonly number[])[];
}

/** Spectra, and draws of the flow for each. */
const SPECTRA = 200;
const DRAWS = 2000;

/** ESS/N = (sum w)^2 / (N sum w^2), w = L p / q, of the open network's draws for test spectra of the session's set-up. */
export function efficiencySpread(session: Session, network: Network): Promise<Spread> {
  const { lab, bins, dimensions: D } = session;
  return lab.kept(`efficiency/${network.name}`, async () => {
    const spectra = lab.size(SPECTRA, 5);
    const { theta, counts } = await testSpectra(session, spectra, network);
    const found = await onRanks(session.pool, spectra, (pool, i) =>
      weigh({ ...session, pool }, network, counts.slice(i * bins, (i + 1) * bins), lab.seed + i),
    );
    const efficiency = Float64Array.from(found, (each) => each.efficiency);
    const poor = found.filter(({ k }) => k > 0.7).length;
    const cases = found.flatMap(({ draws, weights }, i) =>
      weights ? [{ truth: theta.slice(i * D, (i + 1) * D), draws, weights }] : [],
    );
    const [low, quarter, median] = quantiles(efficiency, [0.05, 0.25, 0.5]);
    const ranks = posteriorRanks(cases, { rng: stream(lab.seed, "reproduce/weighted-ranks") });
    return {
      spectra,
      efficiency: [low, quarter, median] as const,
      poor: poor / spectra,
      ranks: ranks.map((each) => Array.from(each)),
    };
  });
}

/** Work on items 0 .. n - 1, each by one rank alone, the ranks beside each other; results in order. */
export async function onRanks<T>(
  pool: Pool,
  n: number,
  work: (pool: Pool, i: number) => Promise<T>,
): Promise<T[]> {
  const results = new Array<T>(n);
  let next = 0;
  const rankWork = async (rank: number) => {
    while (next < n) {
      const i = next++;
      results[i] = await work(oneRank(pool, rank), i);
    }
  };
  await Promise.all(Array.from({ length: pool.size }, (_, rank) => rankWork(rank)));
  return results;
}

export interface Weighed {
  readonly efficiency: number;
  readonly k: number;
  /** Draws inside the prior (M, D) with their weights; none where all lie outside. */
  readonly draws: Float64Array;
  readonly weights?: Float64Array;
}

/** The open network's draws for counts (C), weighted by their exact posterior. */
export async function weigh(
  { lab, pool, prior, dimensions: D }: Session,
  { plain }: Network,
  counts: Float64Array,
  seed: number,
): Promise<Weighed> {
  const draws = lab.size(DRAWS, 200);
  const seen = plain ? counts : await projectOnModel(pool, { counts, prior, seed, foreign: true });
  const { theta, logProb } = await sampleFlow(pool, seen, draws, seed);
  const inside = rowsInside(theta, prior);
  const rows = pickRows(theta, inside, D);
  if (inside.length === 0) return { efficiency: 0, k: Number.POSITIVE_INFINITY, draws: rows };
  const logLike = await poolLogLike(pool, rows, D, { counts });
  const logWeight = logLike.map(
    (l, n) => l + prior.logPdf(rows.subarray(n * D, (n + 1) * D)) - logProb[inside[n]],
  );
  const { k, logWeights } = psis(logWeight);
  // Draws outside the prior count as draws of weight zero.
  const efficiency = ess(normaliseLogWeights(logWeight)) / draws;
  return { efficiency, k, draws: rows, weights: normaliseLogWeights(logWeights) };
}
