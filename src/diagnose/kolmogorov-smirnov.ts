import { kolmogorovTail } from "../math/kolmogorov.ts";
import { cumulative } from "./cumulative.ts";

export interface KolmogorovSmirnov {
  readonly distance: number;
  /** Chance of such a distance for a model that was not fitted; too large for binned data (conservative). */
  readonly pValue: number;
}

/**
 * Kolmogorov-Smirnov distance of a binned spectrum from its model, D = max_i abs(Y_i - M_i) over the bin ends, Y and M the
 * cumulative shares: the kind of XSPEC's test statistic `ks`, whose printed number may be scaled otherwise. The chance is the
 * asymptotic one of n = sum S unbinned events, P(K > D (sqrt(n) + 0.12 + 0.11/sqrt(n))): too large in bins, and larger still
 * where parameters were fitted to the same data; `goodnessPercentile` of refitted simulations is exact. Stephens 1970, J. R.
 * Stat. Soc. B 32, 115; bins: Noether 1963, Metrika 7, 115.
 */
export function kolmogorovSmirnov(counts: ArrayLike<number>, mu: ArrayLike<number>): KolmogorovSmirnov {
  const { data, model, total } = cumulative(counts, mu);
  let distance = 0;
  for (let i = 0; i < data.length; i++) distance = Math.max(distance, Math.abs(data[i] - model[i]));
  const root = Math.sqrt(total);
  return { distance, pValue: kolmogorovTail(distance * (root + 0.12 + 0.11 / root)) };
}
