import { InputError } from "../errors.ts";

export interface ConformalLevel {
  /** Level that is wanted. */
  readonly wanted: number;
  /** Nominal level of the posterior's regions to use instead; 1 (everything) where the calibration set is too small. */
  readonly nominal: number;
  /** Standard deviation of the true coverage over calibration sets of this size (beta law of `k` and `n + 1 - k`). */
  readonly scatter: number;
}

/**
 * Nominal level at which credible regions hold the truth as often as wanted: split conformal prediction with the level of
 * the smallest region that holds the truth as score, of n calibration spectra (`densityLevels` or `centralLevels`).
 *
 *   nominal = l_(k),  k = ceil((n + 1) wanted);   wanted <= P(truth inside) <= wanted + 1/(n + 1)
 *
 * for a further spectrum of the same prior and simulator, whatever the posterior's faults (upper bound: no ties, so draws enough
 * that few truths lie beyond all of them). The promise is on average over the prior, not for each truth. Vovk, Gammerman &
 * Shafer 2005, Algorithmic Learning in a Random World; Lei et al. 2018, JASA 113, 1094;
 * scatter: Vovk 2012, Proc. Mach. Learn. Res. 25, 475.
 */
export function conformalLevel(levels: ArrayLike<number>, wanted: number): ConformalLevel {
  const sorted = requireScores(levels, wanted);
  const n = sorted.length;
  const k = place(n, wanted);
  const scatter = k > n ? 0 : Math.sqrt((k * (n + 1 - k)) / ((n + 1) ** 2 * (n + 2)));
  return { wanted, nominal: k > n ? 1 : sorted[k - 1], scatter };
}

/**
 * Cumulative probabilities of one parameter's posterior between which the interval of the wanted level lies: like
 * `conformalLevel`, but each tail on its own, from ranks (`posteriorRanks`), so that a bias is repaired as well.
 *
 *   [r_(n + 1 - k), r_(k)],  k = ceil((n + 1)(1 + wanted)/2);   wanted <= P(truth inside) <= wanted + 2/(n + 1)
 *
 * 0 and 1 where the calibration set is too small.
 */
export function conformalInterval(ranks: ArrayLike<number>, wanted: number): readonly [number, number] {
  const sorted = requireScores(ranks, wanted);
  const n = sorted.length;
  const k = place(n, (1 + wanted) / 2);
  return k > n ? [0, 1] : [sorted[n - k], sorted[k - 1]];
}

/** ceil((n + 1) p), where rounding of p (0.9 x 10 = 9) does not add one. */
function place(n: number, p: number): number {
  return Math.max(1, Math.ceil((n + 1) * p - 1e-9));
}

function requireScores(scores: ArrayLike<number>, wanted: number): Float64Array {
  if (!(wanted > 0 && wanted < 1)) throw new InputError(`expected a level between 0 and 1, found ${wanted}`);
  const sorted = Float64Array.from(scores).sort();
  if (sorted.length > 0 && !(sorted[0] >= 0 && sorted[sorted.length - 1] <= 1)) {
    throw new InputError("expected levels or ranks of the calibration set in [0, 1], found others");
  }
  return sorted;
}
