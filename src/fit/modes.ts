import { logSumExp } from "../math/log-sum-exp.ts";
import type { JointPrior } from "../prior/types.ts";
import { pickRows, rowsInside } from "./inside-prior.ts";
import { poolLogLike } from "./log-like.ts";
import type { Polished } from "./polish.ts";
import type { Pool } from "./pool.ts";
import type { Proposal } from "./proposal.ts";
import { logarithmicDeviations } from "./summary.ts";

/** Draws of the prior that are looked at, the best of them that are followed up, and fits that are made from these. */
const LIMITS = { rows: 2000, followed: 60, fits: 6 };
/** Draws of the flow that tell what it makes of the evidence. */
const DRAWS = 256;
/** A minimum that lies higher than this above the best, in -2 ln L, has no share that matters. */
const RELEVANT = 30;
/** A mode is missed where the flow's density is less than exp(-3), a twentieth, of what it should be. */
const MISSED = 3;

export interface ModeSearch {
  readonly prior: JointPrior;
  /** Draws of the prior (n, D). */
  readonly candidates: Float64Array;
  /** The flow as it is shown the best fit. */
  readonly proposal: Proposal;
}

/**
 * Modes of the posterior that a proposal misses: local minima of the statistic (rows of D) where its density is much too small.
 *
 * The best of some draws of the prior are followed up. One from which the likelihood rises all the way to a known minimum belongs
 * to it (hill-valley test: Ursem 1999); from the others a fit is made. Modes that none of the draws comes near stay unknown.
 */
export async function missedModes(pool: Pool, search: ModeSearch): Promise<Float64Array[]> {
  const { prior, proposal } = search;
  const D = prior.priors.length;
  const candidates = search.candidates.slice(0, LIMITS.rows * D);
  const { theta, logProb } = await proposal.sample(0, DRAWS);
  const inside = rowsInside(theta, prior);
  if (inside.length === 0) return [];
  const drawn = pickRows(theta, inside, D);
  const values = await poolLogLike(pool, drawn, D);
  const logWeight = values.map(
    (l, i) => l + prior.logPdf(drawn.subarray(i * D, (i + 1) * D)) - logProb[inside[i]],
  );
  const logZ = logSumExp(logWeight) - Math.log(DRAWS);
  const polishFrom = (start: Float64Array) =>
    pool.run(0, { kind: "polish", start, sd: logarithmicDeviations(drawn, prior) });
  const minima = await localMinima(pool, prior, { drawn, values, candidates }, polishFrom);
  const best = Math.min(...minima.map(({ value }) => value));
  const missed: Float64Array[] = [];
  for (const { theta: at, value } of minima) {
    const [logQ] = await proposal.logProb(at);
    if (value < best + RELEVANT && -0.5 * value + prior.logPdf(at) - logQ > logZ + MISSED) missed.push(at);
  }
  return missed;
}

interface Starts {
  /** Draws of the flow with their ln L; the best leads to the first minimum. */
  readonly drawn: Float64Array;
  readonly values: Float64Array;
  readonly candidates: Float64Array;
}

async function localMinima(
  pool: Pool,
  prior: JointPrior,
  { drawn, values, candidates }: Starts,
  polishFrom: (start: Float64Array) => Promise<Polished>,
): Promise<Polished[]> {
  const D = prior.priors.length;
  const row = (rows: Float64Array, i: number) => rows.slice(i * D, (i + 1) * D);
  const minima = [await polishFrom(row(drawn, byHeight(values)[0]))];
  const heights = await poolLogLike(pool, candidates, D);
  let fits = 0;
  for (const i of byHeight(heights).slice(0, LIMITS.followed)) {
    const start = row(candidates, i);
    if (await leadsToAny(pool, prior, start, heights[i], minima)) continue;
    const found = await polishFrom(start);
    if (!(await leadsToAny(pool, prior, found.theta, -0.5 * found.value, minima))) minima.push(found);
    if (++fits === LIMITS.fits) break;
  }
  return minima;
}

function byHeight(values: Float64Array): number[] {
  return Array.from(values.keys())
    .filter((i) => values[i] > Number.NEGATIVE_INFINITY)
    .sort((i, j) => values[j] - values[i]);
}

/** Places on the way at which the likelihood is looked at, and fall of ln L that does not count as a valley. */
const STEPS = [0.2, 0.4, 0.6, 0.8];
const SHALLOW = 0.5;

/** Whether the likelihood falls nowhere on the straight way (in log10 of logarithmic parameters) from a point to some minimum. */
async function leadsToAny(
  pool: Pool,
  { priors }: JointPrior,
  from: Float64Array,
  height: number,
  minima: readonly Polished[],
): Promise<boolean> {
  const D = priors.length;
  for (const { theta: to } of minima) {
    const way = Float64Array.from({ length: STEPS.length * D }, (_, i) => {
      const [step, d] = [STEPS[Math.floor(i / D)], i % D];
      if (priors[d].logarithmic) return from[d] * (to[d] / from[d]) ** step;
      return from[d] + step * (to[d] - from[d]);
    });
    if ((await poolLogLike(pool, way, D)).every((value) => value > height - SHALLOW)) return true;
  }
  return false;
}
