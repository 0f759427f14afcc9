import type { BinStatistic } from "./bin-statistic.ts";
import { floored, halfDeviance } from "./deviance.ts";

/**
 * C-stat of one bin, for Poisson counts s of which mu are expected, without background (Cash 1979, in XSPEC's form):
 *
 *   C = 2 [mu - s + s (ln s - ln mu)],   C = 2 mu for s = 0,   mu >= 1e-5
 *
 * -2 ln L = C + 2 (ln s! - s ln s + s): the constant holds data alone, and log L = -C/2 drops it.
 */
export const cstat: BinStatistic = {
  name: "cstat",
  value: (mu, s) => 2 * halfDeviance(s, floored(mu)),
  slope: (mu, s) => 2 * (1 - s / floored(mu)),
  curvature: (mu, s) => (2 * s) / floored(mu) ** 2,
};
