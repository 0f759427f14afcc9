import type { BinStatistic } from "./bin-statistic.ts";

/** What chi's variance holds besides that of the data. */
export interface ChiOptions {
  /** Weight `model`: the expected counts are added to v. */
  readonly model?: boolean;
  /** Fraction of the expected counts that is added in quadrature. */
  readonly systematic?: number;
}

/**
 * Chi-square of one bin, the scaled background subtracted:
 *
 *   (s - b/k - mu)^2 / V,   V = v + e/k^2 [+ mu] + (f mu)^2,   v and e the variances of s and b
 *
 * A variance of zero before the last term becomes that of one count: 1 without background, min(1, 1/k^2) with one. XSPEC `chi` with
 * its `weight` and `systematic` f. The slope is the exact one, dV/dmu included; the curvature is Gauss and Newton's, 2 (du/dmu)^2 with
 * u^2 = chi, which is exact where V does not depend on mu. log L = -chi/2 drops the Gaussian's norm, ln V.
 */
export function chiOf({ model = false, systematic = 0 }: ChiOptions = {}): BinStatistic {
  const own = model ? 1 : 0;
  const square = systematic * systematic;
  const variance = (mu: number, k: number, e: number, v: number) =>
    total(k, e, v + own * Math.max(0, mu)) + square * mu * mu;
  const steepness = (mu: number) => (mu > 0 ? own : 0) + 2 * square * mu;
  return {
    name: "chi",
    value: (mu, s, b, k, e, v) => (s - b / k - mu) ** 2 / variance(mu, k, e, v),
    slope(mu, s, b, k, e, v) {
      const V = variance(mu, k, e, v);
      const pull = (s - b / k - mu) / V;
      return -pull * (2 + pull * steepness(mu));
    },
    curvature(mu, s, b, k, e, v) {
      const V = variance(mu, k, e, v);
      const pull = (s - b / k - mu) / V;
      return (2 / V) * (1 + 0.5 * pull * steepness(mu)) ** 2;
    },
  };
}

/** Chi-square with the variance of the data. */
export const chi: BinStatistic = chiOf();

function total(k: number, e: number, v: number): number {
  const variance = v + e / (k * k);
  return variance > 0 || Number.isNaN(variance) ? variance : Math.min(1, 1 / (k * k));
}
