import { cumulative } from "./cumulative.ts";

/**
 * Anderson-Darling statistic of a binned spectrum against its model: the Cramer-von Mises one with the ends of the band
 * weighted up to the same variance,
 *
 *   A^2 = n sum_i p_i (Y_i - M_i)^2 / (M_i (1 - M_i))
 *
 * Bins where M_i is 0 or 1 are left out (there Y = M, unless counts lie where the model has none: Infinity). The kind of XSPEC's
 * test statistic `ad`, whose printed number may be scaled otherwise. Its mean is the sum of the p_i counted, 1 for many bins,
 * if nothing was fitted; its chance comes from `predictiveChecks` or `goodnessPercentile`.
 * Choulakian, Lockhart & Stephens 1994, Can. J. Stat. 22, 125.
 */
export function andersonDarling(counts: ArrayLike<number>, mu: ArrayLike<number>): number {
  const { data, model, share, total } = cumulative(counts, mu);
  let sum = 0;
  for (let i = 0; i < data.length; i++) {
    if (mu[i] === 0 && counts[i] > 0) return Infinity;
    const variance = model[i] * (1 - model[i]);
    // The last sums differ from 1 by rounding only; their terms would be 0/0 noise.
    if (share[i] > 0 && variance > 1e-13) sum += (share[i] * (data[i] - model[i]) ** 2) / variance;
  }
  return total * sum;
}
