import type { BinStatistic } from "./bin-statistic.ts";
import { halfDeviance, positiveRoot } from "./deviance.ts";
import { pstat } from "./pstat.ts";

/**
 * Poisson source counts s, Gaussian background b of variance e, its expectation F (counts in the source spectrum)
 * profiled out. XSPEC `pgstat`:
 *
 *   2 { [mu + F - s + s ln(s/(mu + F))] + (b - k F)^2/(2 e) },   k^2 F^2 + (e - k b + k^2 mu) F + (e - k b) mu - e s = 0
 *
 * or F = 0 where the root is negative. For s = 0 the minimum F = b/k - e/k^2 may be negative and XSPEC leaves it so:
 * 2 (mu + b/k - e/(2 k^2)). For e = 0 it is pstat. mu is not floored. log L = -pgstat/2 drops the constants of s and the Gaussian's norm.
 */
export const pgstat: BinStatistic = {
  name: "pgstat",
  value(mu, s, b, k, e) {
    if (e === 0) return pstat.value(mu, s, b, k, e, 0);
    if (s === 0) return 2 * (mu + b / k - e / (2 * k * k));
    const f = backgroundAt(mu, s, b, k, e);
    return 2 * halfDeviance(s, mu + f) + (b - k * f) ** 2 / e;
  },
  slope(mu, s, b, k, e) {
    if (e === 0) return pstat.slope(mu, s, b, k, e, 0);
    return s === 0 ? 2 : 2 * (1 - s / (mu + backgroundAt(mu, s, b, k, e)));
  },
  curvature(mu, s, b, k, e) {
    if (e === 0) return pstat.curvature(mu, s, b, k, e, 0);
    if (s === 0) return 0;
    const f = backgroundAt(mu, s, b, k, e);
    const source = s / (mu + f) ** 2;
    return f > 0 ? (2 * source) / (1 + (source * e) / (k * k)) : 2 * source;
  },
};

function backgroundAt(mu: number, s: number, b: number, k: number, e: number): number {
  return Math.max(0, positiveRoot(k * k, e - k * b + k * k * mu, (e - k * b) * mu - e * s));
}
