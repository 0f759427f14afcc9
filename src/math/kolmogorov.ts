/**
 * Kolmogorov-Smirnov test of values in [0, 1] against the uniform law: the largest distance of the empirical cdf and its
 * asymptotic probability to be exceeded by chance, with Stephens' correction for small n (1970, J. R. Stat. Soc. B 32, 115).
 */
export function kolmogorovUniform(values: ArrayLike<number>): {
  readonly distance: number;
  readonly pValue: number;
} {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  const distance = sorted.reduce((most, p, i) => Math.max(most, p - i / n, (i + 1) / n - p), 0);
  const root = Math.sqrt(n);
  return { distance, pValue: kolmogorovTail(distance * (root + 0.12 + 0.11 / root)) };
}

/** P(K > x) of Kolmogorov's limiting distribution: 2 sum_k (-1)^(k-1) exp(-2 k^2 x^2), or its theta transform for small x. */
export function kolmogorovTail(x: number): number {
  if (!(x > 0)) return 1;
  if (x < 1) {
    let sum = 0;
    for (let k = 1; k < 12; k += 2) sum += Math.exp((-k * k * Math.PI * Math.PI) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  let sum = 0;
  for (let k = 1; k < 12; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return sum;
}
