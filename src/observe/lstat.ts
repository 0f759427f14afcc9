import type { BinStatistic } from "./bin-statistic.ts";

/**
 * Loredo's statistic of one bin: Poisson source s and background b counts, the background marginalised over a flat prior.
 * XSPEC `lstat`:
 *
 *   L(mu) = ln sum_{j=0..s} [(s+b-j)! / ((s-j)! j!)] (mu (1+k))^j - mu,   lstat = 2 [L(max(0, s - b/k)) - L(mu)]
 *
 * log L = -lstat/2 drops the value at mu = max(0, s - b/k). Loredo 1992, in Statistical Challenges in Modern Astronomy, p. 275.
 */
export const lstat: BinStatistic = {
  name: "lstat",
  value(mu, s, b, k) {
    const best = Math.max(0, s - b / k);
    return 2 * (logSum(best * (1 + k), s, b) - best - (logSum(mu * (1 + k), s, b) - mu));
  },
  slope: (mu, s, b, k) => 2 * (1 - moments(mu * (1 + k), s, b).ratio * (1 + k)),
  curvature(mu, s, b, k) {
    const { mean, variance } = moments(mu * (1 + k), s, b);
    return mu > 0 ? Math.max(0, (2 * (mean - variance)) / mu ** 2) : 0;
  },
};

/** Ratio of term j+1 to term j, without the power of x: (s-j) / ((s+b-j)(j+1)). */
function ratio(j: number, s: number, b: number): number {
  return (s - j) / ((s + b - j) * (j + 1));
}

/** ln of the sum of terms relative to that of j = 0, whose factor (s+b)!/s! is the same on both sides of the statistic. */
function logSum(x: number, s: number, b: number): number {
  let term = 1;
  let sum = 1;
  let logScale = 0;
  for (let j = 0; j < s; j++) {
    term *= x * ratio(j, s, b);
    sum += term;
    if (sum > 1e200) {
      term /= sum;
      logScale += Math.log(sum);
      sum = 1;
    }
  }
  return Math.log(sum) + logScale;
}

/** Mean and variance of j under the terms' weights; `ratio` is mean/x, which stays finite at x = 0. */
function moments(x: number, s: number, b: number): { mean: number; variance: number; ratio: number } {
  if (x <= 0) return { mean: 0, variance: 0, ratio: s > 0 ? ratio(0, s, b) : 0 };
  let term = 1;
  let sum = 1;
  let first = 0;
  let second = 0;
  for (let j = 0; j < s; j++) {
    term *= x * ratio(j, s, b);
    sum += term;
    first += term * (j + 1);
    second += term * (j + 1) ** 2;
    if (sum > 1e200) {
      term /= sum;
      first /= sum;
      second /= sum;
      sum = 1;
    }
  }
  const mean = first / sum;
  return { mean, variance: second / sum - mean * mean, ratio: mean / x };
}
