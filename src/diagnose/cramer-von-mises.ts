import { cumulative } from "./cumulative.ts";

/**
 * Cramer-von Mises statistic of a binned spectrum against its model,
 *
 *   W^2 = n sum_i p_i (Y_i - M_i)^2
 *
 * Y and M cumulative shares of counts and model, p_i the model's share of bin i, n all counts: the kind of XSPEC's test
 * statistic `cvm`, whose printed number may be scaled otherwise. Its mean is sum_i p_i M_i (1 - M_i), 1/6 for many bins, if
 * nothing was fitted; its chance comes from `predictiveChecks` or `goodnessPercentile`.
 * Choulakian, Lockhart & Stephens 1994, Can. J. Stat. 22, 125.
 */
export function cramerVonMises(counts: ArrayLike<number>, mu: ArrayLike<number>): number {
  const { data, model, share, total } = cumulative(counts, mu);
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += share[i] * (data[i] - model[i]) ** 2;
  return total * sum;
}
