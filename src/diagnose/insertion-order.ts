import { kolmogorovUniform } from "../math/kolmogorov.ts";

export interface InsertionOrder {
  /** Mean of the places minus 1/2, in standard errors; beyond 4 the contours were not sampled uniformly. */
  readonly shift: number;
  /** Kolmogorov-Smirnov probability of places as uneven as these. */
  readonly pValue: number;
}

/**
 * Whether a nested sampling run drew new points uniformly inside its contours: their places among the live points, in
 * [0, 1), are then uniform. Points too high on average (shift > 0) mean that the outskirts were missed, and Z too large.
 * Fowlie, Handley & Su 2020, MNRAS 497, 5256; Buchner 2021, arXiv:2101.09675.
 */
export function insertionOrder(places: ArrayLike<number>): InsertionOrder {
  const n = places.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += places[i] - 0.5;
  return { shift: (sum / n) * Math.sqrt(12 * n), pValue: kolmogorovUniform(places).pValue };
}
