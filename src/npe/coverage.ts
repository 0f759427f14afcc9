import { cholesky, solveLower } from "../math/cholesky.ts";
import { normalCdf } from "../math/normal.ts";
import { quantiles } from "../math/quantile.ts";

/**
 * What a network's training spectra, noise included, looked like: enough to tell whether another spectrum is like one of them. Plain data, to be kept
 * with the network.
 */
export interface Coverage {
  readonly simulations: number;
  /** Least and largest total counts. */
  readonly totals: { readonly lower: number; readonly upper: number };
  /** Quantiles of each feature (F, L) at the levels of SCORES, and the lower Cholesky factor (F, F) of the correlation of their normal scores. */
  readonly quantiles: Float64Array;
  readonly factor: Float64Array;
  /** Squared distances of the training spectra: their 95 % quantile, and scale and shape of their tail above it (`tailOf`). */
  readonly distance: { readonly q95: number; readonly scale: number; readonly shape: number };
}

/** Normal scores at which quantiles are kept. */
const SCORES = Float64Array.from({ length: 15 }, (_, i) => 0.5 * (i - 7));

/** Coverage by features (N, F) and total counts (N) of spectra drawn like those of the training. */
export function coverageOf(features: Float64Array, totals: ArrayLike<number>): Coverage {
  const N = totals.length;
  const F = features.length / N;
  const knots = new Float64Array(F * SCORES.length);
  const levels = Array.from(SCORES, normalCdf);
  const column = new Float64Array(N);
  for (let f = 0; f < F; f++) {
    for (let i = 0; i < N; i++) column[i] = features[i * F + f];
    knots.set(quantiles(column, levels), f * SCORES.length);
  }
  const z = scores(knots, features, F);
  const factor = correlationFactor(z, N, F);
  const squares = squaredDistances(z, factor, F);
  const [q95] = quantiles(squares, [0.95]);
  const tail = tailOf(squares.filter((v) => v > q95).map((v) => v - q95));
  let lower = Number.POSITIVE_INFINITY;
  let upper = 0;
  for (let i = 0; i < N; i++) {
    lower = Math.min(lower, totals[i]);
    upper = Math.max(upper, totals[i]);
  }
  return { simulations: N, totals: { lower, upper }, quantiles: knots, factor, distance: { q95, ...tail } };
}

export interface Covered {
  /** Whether the total lies in the range of the training spectra; one of them fails this against the others with probability 2 / N. */
  readonly total: boolean;
  /** Share of the training spectra whose feature is smaller (F). */
  readonly ranks: Float64Array;
  /**
   * Share of spectra like those of the training that are at least as far out, by the tail of their distances; 1 above 0.05. A limit p on it calls the
   * share p of sound spectra outside.
   */
  readonly pValue: number;
}

/**
 * Whether a spectrum with these features (F) and total counts is like those that a network was trained on.
 *
 *   d^2 = z^T R^-1 z,   z_f = Phi^-1(rank of feature f among the training spectra),   R = correlation of z in training
 *
 * Ranks make the distance independent of the units and shapes of features; beyond the training's range z goes on linearly.
 */
export function covers(coverage: Coverage, features: ArrayLike<number>, total: number): Covered {
  const { totals, quantiles: knots, factor, distance } = coverage;
  const F = features.length;
  const z = scores(knots, Float64Array.from(features), F);
  const [square] = squaredDistances(z, factor, F);
  const { q95, scale, shape } = distance;
  const y = (square - q95) / scale;
  const survival = shape > 0 ? (1 + shape * y) ** (-1 / shape) : Math.exp(-y);
  const pValue = square <= q95 ? 1 : 0.05 * survival;
  return { total: total >= totals.lower && total <= totals.upper, ranks: z.map(normalCdf), pValue };
}

/**
 * Scale s and shape k of the generalised Pareto law P(> y) = (1 + k y / s)^(-1/k) with the mean and variance of some excesses (Hosking & Wallis 1987); k is at
 * least 0, the exponential law.
 */
function tailOf(excess: Float64Array): { readonly scale: number; readonly shape: number } {
  const n = excess.length;
  const mean = excess.reduce((sum, v) => sum + v / n, 0);
  if (!(mean > 0)) return { scale: 1, shape: 0 };
  const variance = excess.reduce((sum, v) => sum + (v - mean) ** 2 / n, 0);
  const shape = Math.max(0, 0.5 * (1 - mean ** 2 / variance));
  return { scale: mean * (1 - shape), shape };
}

/** Normal scores (N, F) of features, by interpolation between the knots (F, L). */
function scores(knots: Float64Array, features: Float64Array, F: number): Float64Array {
  const L = SCORES.length;
  return features.map((x, i) => scoreOf(knots.subarray((i % F) * L, ((i % F) + 1) * L), x));
}

function scoreOf(q: Float64Array, x: number): number {
  const last = q.length - 1;
  // Values shared by several knots (sparse counts) have the middle of their scores.
  let below = 0;
  while (below < last && q[below + 1] <= x) below++;
  let first = below;
  while (first > 0 && q[first - 1] === x) first--;
  if (q[below] === x && first < below) return 0.5 * (SCORES[first] + SCORES[below]);
  if (x >= q[0] && x < q[last]) {
    const width = q[below + 1] - q[below];
    return SCORES[below] + (0.5 * (x - q[below])) / width;
  }
  // Outside: on by the width of half the range, which no single wild training spectrum sets.
  const middle = q[last >> 1];
  return x < middle ? -extend(middle - q[0], middle - x) : extend(q[last] - middle, x - middle);
}

/** Score at a distance from the median, that of the outermost knot being given. */
function extend(outermost: number, distance: number): number {
  if (distance === 0) return 0;
  return (SCORES[SCORES.length - 1] * distance) / (outermost > 0 ? outermost : 1e-3 * distance);
}

/** Weight of the identity in the correlation, so that features that say the same do not make distances of rounding errors. */
const RIDGE = 1e-3;

function correlationFactor(z: Float64Array, N: number, F: number): Float64Array {
  const sums = new Float64Array(F * F);
  for (let i = 0; i < N; i++)
    for (let a = 0; a < F; a++)
      for (let b = 0; b <= a; b++) sums[a * F + b] += (z[i * F + a] * z[i * F + b]) / N;
  for (let a = 0; a < F; a++) sums[a * F + a] += RIDGE;
  const factor = cholesky(sums, F);
  if (factor === undefined) throw new Error("internal: features are not finite");
  return factor;
}

function squaredDistances(z: Float64Array, factor: Float64Array, F: number): Float64Array {
  const white = new Float64Array(F);
  return Float64Array.from({ length: z.length / F }, (_, i) => {
    solveLower(white, factor, z.subarray(i * F, (i + 1) * F), F);
    return white.reduce((sum, v) => sum + v * v, 0);
  });
}
