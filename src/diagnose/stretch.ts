import { InputError } from "../errors.ts";
import type { Recovered } from "./regression.ts";

export interface Stretch {
  /** Coverage that the intervals should have, and the one they have. */
  readonly wanted: number;
  readonly coverage: number;
  /** What half-widths must be multiplied by to cover as wanted; Infinity where no factor does. */
  readonly factor: number;
  /** 95 % interval of the factor. */
  readonly low: number;
  readonly high: number;
}

/**
 * How much wider intervals (median, low, high) of N test spectra must become, each side by the same factor, to hold the truth as
 * often as wanted: split conformal prediction with the score
 *
 *   s = (t - m) / (high - m) above the median m,  (m - t) / (m - low) below;   factor = s_(k),  k = ceil((N + 1) wanted)
 *
 * so that  wanted <= P(truth inside) <= wanted + 1/(N + 1)  for a further spectrum of the same prior and simulator. Below 1: they are
 * wider than they need be. The interval of the factor takes the ranks k -+ 1.96 sqrt(N p (1 - p)), p = wanted.
 * Lei et al. 2018, JASA 113, 1094; with scaled scores: Romano, Patterson & Candes 2019, arXiv:1905.03222.
 */
export function stretch({ truth, median, low, high }: Recovered, wanted: number): Stretch {
  const n = truth.length;
  if (n === 0) throw new InputError("expected at least one test spectrum, found none");
  const scores = Float64Array.from({ length: n }, (_, i) =>
    score(truth[i] - median[i], high[i] - median[i], median[i] - low[i]),
  ).sort();
  const at = (place: number) => (place > n ? Number.POSITIVE_INFINITY : scores[Math.max(1, place) - 1]);
  const k = Math.ceil((n + 1) * wanted - 1e-9);
  const reach = 1.96 * Math.sqrt(n * wanted * (1 - wanted));
  return {
    wanted,
    coverage: scores.filter((s) => s <= 1).length / n,
    factor: at(k),
    low: at(Math.floor(k - reach)),
    high: at(Math.ceil(k + reach)),
  };
}

function score(offset: number, above: number, below: number): number {
  const side = offset > 0 ? above : below;
  if (offset === 0) return 0;
  return side > 0 ? Math.abs(offset) / side : Number.POSITIVE_INFINITY;
}
