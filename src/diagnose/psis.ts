import { fitPareto } from "./pareto-fit.ts";

export interface ParetoSmoothed {
  /** Log weights (N), unnormalised, the largest replaced by expected order statistics of the fitted tail. */
  readonly logWeights: Float64Array;
  /** Tail index: below 0.5 fine, above 0.7 the weights are not to be trusted, above 1 their mean need not exist. */
  readonly k: number;
}

/**
 * Pareto-smoothed importance sampling of log weights (N), -Infinity for weight zero. The largest M = min(N/5, 3 sqrt N)
 * weights are replaced by quantiles (i - 1/2)/M of a generalised Pareto law fitted to them, not above the largest raw one.
 * k is shrunk towards 0.5 with the weight of 10 draws. Equal weights, which have no tail: k = 0, unchanged. Fewer than 5
 * draws in the tail: k = Infinity, unchanged.
 *
 * Vehtari, Simpson, Gelman, Yao & Gabry 2024, JMLR 25 (72), 1, section 2.4 and appendix C.
 */
export function psis(logWeights: ArrayLike<number>): ParetoSmoothed {
  const smoothed = Float64Array.from(logWeights);
  const n = smoothed.length;
  const positive = Uint32Array.from({ length: n }, (_, i) => i).filter((i) => smoothed[i] > -Infinity);
  const order = positive.sort((i, j) => smoothed[i] - smoothed[j]);
  const tail = Math.ceil(Math.min(0.2 * n, 3 * Math.sqrt(n)));
  if (tail < 5 || order.length <= tail) return { logWeights: smoothed, k: Infinity };
  const top = order.subarray(order.length - tail);
  const largest = smoothed[top[tail - 1]];
  const threshold = Math.exp(smoothed[order[order.length - tail - 1]] - largest);
  const exceedances = Float64Array.from(top, (i) => Math.exp(smoothed[i] - largest) - threshold);
  if (!(exceedances[tail - 1] > 1e-12)) return { logWeights: smoothed, k: 0 };
  const fit = fitPareto(exceedances);
  const k = (tail * fit.k + 5) / (tail + 10);
  for (let i = 0; i < tail; i++) {
    const p = (i + 0.5) / tail;
    const exceedance = (fit.sigma * Math.expm1(-k * Math.log1p(-p))) / k;
    smoothed[top[i]] = Math.min(0, Math.log(threshold + exceedance)) + largest;
  }
  return { logWeights: smoothed, k };
}
