import type { BinStatistic } from "./bin-statistic.ts";
import { cstat } from "./cstat.ts";

/**
 * C-stat of one bin with a background that is known without error: the expected counts are mu + b/k (floored after the
 * sum). XSPEC `pstat`. log L = -pstat/2 as for C-stat.
 */
export const pstat: BinStatistic = {
  name: "pstat",
  value: (mu, s, b, k) => cstat.value(mu + b / k, s, 0, 1, 0, 0),
  slope: (mu, s, b, k) => cstat.slope(mu + b / k, s, 0, 1, 0, 0),
  curvature: (mu, s, b, k) => cstat.curvature(mu + b / k, s, 0, 1, 0, 0),
};
