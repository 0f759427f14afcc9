import type { BinStatistic } from "./bin-statistic.ts";
import { floored, halfDeviance, positiveRoot } from "./deviance.ts";

/**
 * W of one bin: Poisson source counts s and Poisson background counts b, the background's expectation F (counts in
 * the source spectrum, k F in the background's) profiled out. What XSPEC's `cstat` does where there is a background.
 *
 *   W = min over F >= 0 of 2 { [mu + F - s + s ln(s/(mu + F))] + [k F - b + b ln(b/(k F))] },   mu >= 1e-5
 *
 * The minimum is the root of (1+k) F^2 + ((1+k) mu - s - b) F - b mu = 0; for s = 0 it is b/(1+k), for b = 0 it is
 * max(0, s/(1+k) - mu). log L = -W/2 drops the same constants of s and of b as C-stat. XSPEC manual, appendix B.
 */
export const wstat: BinStatistic = {
  name: "wstat",
  value(mu, s, b, k) {
    const m = floored(mu);
    const f = backgroundAt(m, s, b, k);
    return 2 * (halfDeviance(s, m + f) + halfDeviance(b, k * f));
  },
  slope(mu, s, b, k) {
    const m = floored(mu);
    return 2 * (1 - s / (m + backgroundAt(m, s, b, k)));
  },
  curvature(mu, s, b, k) {
    const m = floored(mu);
    const f = backgroundAt(m, s, b, k);
    const source = s / (m + f) ** 2;
    if (b > 0) return (2 * source) / (1 + (source * f * f) / b);
    return f > 0 ? 0 : 2 * source;
  },
};

/** Most likely background counts in the source spectrum, given mu. */
function backgroundAt(mu: number, s: number, b: number, k: number): number {
  if (s === 0) return b / (1 + k);
  if (b === 0) return Math.max(0, s / (1 + k) - mu);
  return positiveRoot(1 + k, (1 + k) * mu - s - b, -b * mu);
}
