import { InputError } from "../errors.ts";
import { lnGamma } from "../math/gamma.ts";
import type { Rng } from "../math/rng.ts";

export interface EcdfBandOptions {
  /** Source of the uniform samples that set the width of the band. */
  readonly rng: Rng;
  /** Chance that a calibrated curve leaves the band somewhere. */
  readonly alpha?: number;
  /** Points at which the band is drawn. Default: the number of values, at most 100. */
  readonly points?: number;
  /** Uniform samples. 2000: alpha = 0.05 is right to 0.005. */
  readonly simulations?: number;
}

/** What curves of n uniform values do, for as many bands of n values as there are. */
export interface EcdfReference {
  readonly n: number;
  readonly points: number;
  readonly tails: readonly Tails[];
  /** Smallest tail probability of each simulated curve, ascending. */
  readonly smallest: Float64Array;
}

/** Limits for the whole of the curve ECDF(z) - z of n uniform values. */
export interface EcdfBands {
  readonly z: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** ECDF(z) - z of the given values. */
  readonly difference: Float64Array;
  /** Chance of uniform values to leave a band that is just as wide as these need. */
  readonly pValue: number;
}

/**
 * Simultaneous band of the empirical distribution of n ranks against the uniform one. At each point z the number of ranks
 * up to z is binomial, and one tail probability for all points is adjusted so that a whole curve leaves with chance alpha:
 *
 *   gamma = 2 min_z min( B(k_z | n, z), 1 - B(k_z - 1 | n, z) ),   leaves: gamma < alpha-quantile of gamma over uniform samples
 *
 * Ranks of few draws have steps of their own: draw them with `rng` (see `posteriorRanks`) or take fewer points than draws.
 * More sensitive at the ends than the Kolmogorov limit. Sailynoja, Buerkner & Vehtari 2022, Stat. Comput. 32, 32.
 */
export function ecdfBands(values: ArrayLike<number>, { alpha, ...reference }: EcdfBandOptions): EcdfBands {
  return ecdfBandsFrom(ecdfReference(values.length, reference), values, alpha);
}

/** Simulated curves of n uniform values; see `ecdfBands`. */
export function ecdfReference(
  n: number,
  { rng, points = Math.min(100, n), simulations = 2000 }: Omit<EcdfBandOptions, "alpha">,
): EcdfReference {
  if (n < 2 || points < 2)
    throw new InputError(`expected two ranks and two points or more, found ${n} and ${points}`);
  const tails = Array.from({ length: points - 1 }, (_, i) => binomialTails(n, (i + 1) / points));
  const uniform = new Float64Array(n);
  const smallest = Float64Array.from({ length: simulations }, () => {
    for (let i = 0; i < n; i++) uniform[i] = rng.uniform();
    return smallestTail(countsUpTo(uniform, points), tails);
  }).sort();
  return { n, points, tails, smallest };
}

/** `ecdfBands` of n values with curves that were simulated before. */
export function ecdfBandsFrom(
  { n, points, tails, smallest }: EcdfReference,
  values: ArrayLike<number>,
  alpha = 0.05,
): EcdfBands {
  if (values.length !== n)
    throw new Error(`internal: ${values.length} ranks against curves of ${n} uniform values`);
  if (!(alpha > 0 && alpha < 1)) throw new InputError(`expected alpha between 0 and 1, found ${alpha}`);
  const z = Float64Array.from({ length: points - 1 }, (_, i) => (i + 1) / points);
  const observed = countsUpTo(values, points);
  const gamma = smallestTail(observed, tails);
  const limit = smallest[Math.floor(alpha * smallest.length)] / 2;
  const lower = tails.map((tail) => tail.low.findIndex((p) => p >= limit));
  const upper = tails.map((tail) => tail.high.findLastIndex((p) => p >= limit));
  return {
    z,
    lower: z.map((p, i) => lower[i] / n - p),
    upper: z.map((p, i) => upper[i] / n - p),
    difference: z.map((p, i) => observed[i] / n - p),
    pValue: (1 + smallest.filter((g) => g <= gamma).length) / (smallest.length + 1),
  };
}

interface Tails {
  /** P(K <= k), k = 0..n. */
  readonly low: Float64Array;
  /** P(K >= k). */
  readonly high: Float64Array;
}

function binomialTails(n: number, p: number): Tails {
  const mass = Float64Array.from({ length: n + 1 }, (_, k) =>
    Math.exp(
      lnGamma(n + 1) - lnGamma(k + 1) - lnGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p),
    ),
  );
  const low = mass.slice();
  const high = mass.slice();
  for (let k = 1; k <= n; k++) {
    low[k] += low[k - 1];
    high[n - k] += high[n - k + 1];
  }
  return { low, high };
}

/** Number of values in [0, 1] at most i/points, for i = 1 .. points - 1. */
function countsUpTo(values: ArrayLike<number>, points: number): Uint32Array {
  const counts = new Uint32Array(points);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.max(0, Math.ceil(values[i] * points) - 1);
    if (!(bin < points)) throw new InputError(`expected ranks in [0, 1], found ${values[i]}`);
    counts[bin]++;
  }
  for (let i = 1; i < points; i++) counts[i] += counts[i - 1];
  return counts.subarray(0, points - 1);
}

function smallestTail(counts: Uint32Array, tails: readonly Tails[]): number {
  let smallest = 1;
  for (let i = 0; i < counts.length; i++) {
    const { low, high } = tails[i];
    smallest = Math.min(smallest, 2 * low[counts[i]], 2 * high[counts[i]]);
  }
  return smallest;
}
