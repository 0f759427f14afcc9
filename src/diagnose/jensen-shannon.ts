import { histogram } from "../math/histogram.ts";
import { quantiles } from "../math/quantile.ts";
import { ess } from "./ess.ts";

export interface JensenShannonOptions {
  /** Weights of the draws of either sample, default equal. */
  readonly weightsX?: ArrayLike<number>;
  readonly weightsY?: ArrayLike<number>;
  /** Bins of equal content of the pooled sample. 50: distances are right to 1 % for smooth densities. */
  readonly bins?: number;
}

/**
 * Jensen-Shannon distance of two weighted samples of one quantity, 0 (same distribution) to 1 (no overlap):
 *
 *   sqrt( KL(p|m)/2 + KL(q|m)/2 ),  m = (p + q)/2,  in bits
 *
 * from histograms, less the divergence that samples of this size have by chance, (B - 1)(1/n_x + 1/n_y)/(8 ln 2) with n the
 * effective sizes. Unchanged by monotone transforms of the quantity. Lin 1991, IEEE Trans. Inf. Theory 37, 145.
 */
export function jensenShannon(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  { weightsX = ones(x.length), weightsY = ones(y.length), bins = 50 }: JensenShannonOptions = {},
): number {
  const shareX = shares(weightsX);
  const shareY = shares(weightsY);
  const pooled = Float64Array.from([...Array.from(x), ...Array.from(y)]);
  const levels = Array.from({ length: bins - 1 }, (_, i) => (i + 1) / bins);
  const inner = quantiles(pooled, levels, Float64Array.from([...shareX, ...shareY]));
  const edges = [-Infinity, ...new Set(inner), Infinity];
  const p = histogram(x, edges, shareX);
  const q = histogram(y, edges, shareY);
  let divergence = 0;
  for (let i = 0; i < p.length; i++) {
    const middle = 0.5 * (p[i] + q[i]);
    if (p[i] > 0) divergence += 0.5 * p[i] * Math.log2(p[i] / middle);
    if (q[i] > 0) divergence += 0.5 * q[i] * Math.log2(q[i] / middle);
  }
  const chance = ((p.length - 1) * (1 / ess(weightsX) + 1 / ess(weightsY))) / (8 * Math.LN2);
  return Math.sqrt(Math.min(1, Math.max(0, divergence - chance)));
}

function ones(n: number): Float64Array {
  return new Float64Array(n).fill(1);
}

function shares(weights: ArrayLike<number>): Float64Array {
  const all = Float64Array.from(weights);
  const total = all.reduce((sum, weight) => sum + weight, 0);
  return all.map((weight) => weight / total);
}
