/** XSPEC's floor of the expected counts: model rates below 1e-5/t are raised to it, so no bin has an infinite statistic. */
export const floorCounts = 1e-5;

/** mu raised to the floor. A NaN stays a NaN. */
export function floored(mu: number): number {
  return Math.max(mu, floorCounts);
}

/**
 * Half the Poisson deviance of n counts where m > 0 are expected:  m - n + n ln(n/m), and m for n = 0.
 * Written with log1p near m = n, where the terms cancel: zero at m = n exactly, and never negative by rounding.
 */
export function halfDeviance(n: number, m: number): number {
  if (n === 0) return m;
  const excess = m - n;
  if (Math.abs(excess) < 0.1 * n) return excess - n * Math.log1p(excess / n);
  return excess - n * Math.log(m / n);
}

/** The root f >= 0 of a f^2 + b f + c = 0 for a > 0, c <= 0 (or the larger one), without cancellation. */
export function positiveRoot(a: number, b: number, c: number): number {
  const d = Math.sqrt(Math.max(0, b * b - 4 * a * c));
  if (b < 0) return (d - b) / (2 * a);
  return c === 0 ? 0 : (-2 * c) / (b + d);
}
