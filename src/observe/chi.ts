import type { BinStatistic } from "./bin-statistic.ts";

/**
 * Chi-square of one bin, the scaled background subtracted:
 *
 *   (s - b/k - mu)^2 / (v + e/k^2),   v and e the variances of s and b
 *
 * A variance of zero becomes that of one count: 1 without background, min(1, 1/k^2) with one. XSPEC `chi`, weights `standard`.
 * log L = -chi/2 drops the Gaussian's norm.
 */
export const chi: BinStatistic = {
  name: "chi",
  value: (mu, s, b, k, e, v) => (s - b / k - mu) ** 2 / total(k, e, v),
  slope: (mu, s, b, k, e, v) => (-2 * (s - b / k - mu)) / total(k, e, v),
  curvature: (_mu, _s, _b, k, e, v) => 2 / total(k, e, v),
};

function total(k: number, e: number, v: number): number {
  const variance = v + e / (k * k);
  return variance > 0 ? variance : Math.min(1, 1 / (k * k));
}
