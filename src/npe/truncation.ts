import { cholesky, solveLower } from "../math/cholesky.ts";
import { columnMeans, covariance } from "../math/moments.ts";
import { priorCube } from "../prior/joint.ts";
import type { JointPrior } from "../prior/types.ts";
import type { Ellipsoid } from "./ellipsoids.ts";
import type { Refined } from "./refine.ts";
import { temper } from "./temper.ts";

/** Draws (M, D) with the log of their importance weights (M). */
export interface WeightedDraws {
  readonly theta: Float64Array;
  readonly logWeight: Float64Array;
}

/** The draws that importance sampling made of a posterior, weighted with it. */
export function weightedDraws({ theta, logLike, logPrior, logProposal }: Refined): WeightedDraws {
  const logWeight = logLike.map((l, m) => {
    const target = l + logPrior[m];
    return target === Number.NEGATIVE_INFINITY ? target : target - logProposal[m];
  });
  return { theta, logWeight };
}

export interface TruncationOptions {
  /** Mahalanobis radius at least; default 5. */
  readonly radius?: number;
  /** Share of the weighted draws that the ellipsoid may leave out; default 1e-4. */
  readonly missed?: number;
}

/** Effective draws that the moments of D parameters are taken from. */
const effectiveDraws = (D: number) => 100 + 10 * D;

/**
 * Ellipsoid in the prior's unit cube around a posterior: mean and covariance of its weighted draws, the weights tempered until enough of them
 * count, and a radius beyond which (almost) no weight lies, so that the prior truncated to it has the same posterior. Undefined where too few draws
 * have any weight to tell.
 *
 * A Gaussian of 5 dimensions has 1e-4 of its mass beyond radius 5; truncation at 3.5 would narrow posteriors by about 1 %.
 */
export function ellipsoidAround(
  { theta, logWeight }: WeightedDraws,
  prior: JointPrior,
  { radius = 5, missed = 1e-4 }: TruncationOptions = {},
): Ellipsoid | undefined {
  const D = prior.priors.length;
  const used = Array.from(logWeight.keys()).filter((m) => logWeight[m] > Number.NEGATIVE_INFINITY);
  const n = used.length;
  if (n < 10 * D) return undefined;
  const u = new Float64Array(n * D);
  for (const [i, m] of used.entries())
    priorCube(u.subarray(i * D, (i + 1) * D), prior, theta.subarray(m * D, (m + 1) * D));
  const own = Float64Array.from(used, (m) => logWeight[m]);
  const tempered = temper(own, Math.min(effectiveDraws(D), 0.5 * n));
  const mean = columnMeans(u, n, D, tempered);
  const scatter = covariance(u, n, D, tempered);
  for (let d = 0; d < D; d++) scatter[d * D + d] *= 1 + 1e-9;
  const factor = cholesky(scatter, D);
  if (factor === undefined) return undefined;
  const reach = reachOf({ mean, factor, radius }, u, temper(own, 1), missed);
  return { mean, factor, radius: Math.max(radius, reach) };
}

/** What ln q may fall below its level by, so that a quick network need not have its tails right. */
const MARGIN = 1;
/** Share of the posterior that a level may leave out. */
const LEFT_OUT = 1e-4;

/**
 * Threshold of ln q above which theta counts as inside: `own`, the level that the density's own draws suggest, or the lower one that keeps all but 1e-4 of the
 * importance-weighted draws, less a margin of one.
 */
export function levelOf(own: number, { logProb, weight }: Pick<Refined, "logProb" | "weight">): number {
  const order = Array.from(weight.keys())
    .filter((m) => weight[m] > 0)
    .sort((i, j) => logProb[i] - logProb[j]);
  let sum = 0;
  for (const m of order) {
    sum += weight[m];
    if (sum > LEFT_OUT) return Math.min(own, logProb[m]) - MARGIN;
  }
  return own - MARGIN;
}

/** Least radius beyond which lies at most the share `missed` of the weights. */
function reachOf({ mean, factor }: Ellipsoid, u: Float64Array, weight: Float64Array, missed: number): number {
  const D = mean.length;
  const offset = new Float64Array(D);
  const distance = Float64Array.from(weight, (_, i) => {
    for (let d = 0; d < D; d++) offset[d] = u[i * D + d] - mean[d];
    solveLower(offset, factor, offset, D);
    return Math.hypot(...offset);
  });
  const farthest = Array.from(weight.keys()).sort((i, j) => distance[j] - distance[i]);
  let sum = 0;
  for (const i of farthest) {
    sum += weight[i];
    if (sum > missed) return distance[i] * (1 + 1e-9);
  }
  return 0;
}
