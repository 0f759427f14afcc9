import { expectedFit } from "./kaastra.ts";
import type { ExpectedCstat } from "./types.ts";

/** Above this mean the published fits replace the sums; there they agree to 1.5e-5 in the mean and 2e-5 in the variance. */
const exactBelow = 50;
const terms = Math.ceil(exactBelow + 12 * Math.sqrt(exactBelow) + 40) + 1;
const kLnK = Float64Array.from({ length: terms }, (_, k) => (k === 0 ? 0 : k * Math.log(k)));

/**
 * Mean and variance of the sum of C-stat over bins with expected counts mu (C), if the counts are Poisson with those means
 * (no parameter is fitted). Bins are independent, so both are sums over bins of
 *
 *   C_e = sum_k P(k|mu) c(k),   C_v = sum_k P(k|mu) c(k)^2 - C_e^2,   c(k) = 2 [mu - k + k ln(k/mu)]
 *
 * exactly (k <= mu + 12 sqrt(mu) + 40) for mu < 50 and by the published fits above. Not for W,
 * whose background is free. Kaastra 2017, A&A 605, A51.
 */
export function expectedCstat(mu: ArrayLike<number>): ExpectedCstat {
  let expected = 0;
  let variance = 0;
  for (let c = 0; c < mu.length; c++) {
    const bin = mu[c] < exactBelow ? exactMoments(mu[c]) : expectedFit(mu[c]);
    expected += bin.expected;
    variance += bin.variance;
  }
  return { expected, variance };
}

/** Mean and variance of one bin's C-stat by its Poisson sums. mu >= 0; 0 for mu = 0. */
export function exactMoments(mu: number): ExpectedCstat {
  if (mu === 0) return { expected: 0, variance: 0 };
  const last = Math.min(terms - 1, Math.ceil(mu + 12 * Math.sqrt(mu) + 40));
  const lnMu = Math.log(mu);
  let p = Math.exp(-mu);
  let first = 0;
  let second = 0;
  for (let k = 0; k <= last; k++) {
    const value = 2 * (mu - k - k * lnMu + kLnK[k]);
    first += p * value;
    second += p * value * value;
    p *= mu / (k + 1);
  }
  return { expected: first, variance: second - first * first };
}

/** How many standard deviations a C-stat lies above its expectation: (C - sum C_e) / sqrt(sum C_v). */
export function deviation(cstat: number, { expected, variance }: ExpectedCstat): number {
  return (cstat - expected) / Math.sqrt(variance);
}
