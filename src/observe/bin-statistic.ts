import type { StatisticName } from "./types.ts";

/**
 * A function of one bin: expected source counts mu, source counts s, background counts b, k = background scale / source
 * scale (t_b/t), variance e of b, variance v of s. All in counts: a fit statistic does not depend on the unit of time.
 */
export type BinFunction = (mu: number, s: number, b: number, k: number, e: number, v: number) => number;

/** A statistic that a fit minimises, bin by bin; log L = -value/2 up to a constant of the data, which each file names. */
export interface BinStatistic {
  readonly name: StatisticName;
  readonly value: BinFunction;
  /** d value / d mu; at the floor of mu the one-sided derivative from above. */
  readonly slope: BinFunction;
  /** d2 value / d mu2, >= 0. */
  readonly curvature: BinFunction;
}
