import type { ExpectedCstat } from "./types.ts";

/**
 * Published fits to the mean and variance of one bin's C-stat for a mean mu > 0 of its counts; they deviate from the exact
 * sums by at most 2.4e-4 (mean) and 4.8e-4 (variance). Kaastra 2017, A&A 605, A51.
 */
export function expectedFit(mu: number): ExpectedCstat {
  const expected = fittedMean(mu);
  return { expected, variance: fittedVariance(mu, expected) };
}

/** c0 + c1 x + c2 x^2 + ... */
function polynomial(x: number, ...coefficients: readonly number[]): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}

function fittedMean(mu: number): number {
  const ln = Math.log(mu);
  if (mu <= 0.5) return polynomial(mu, 0, -2 * ln, 1.38, -0.25);
  if (mu <= 2) return polynomial(mu, 0, -2 * ln, 1.381, -0.27331, 0.04259, -0.00335);
  if (mu <= 5) return 1.019275 + 0.1345 * mu ** (0.461 - 0.9 * ln);
  if (mu <= 10) return 1.00624 + 0.604 * mu ** -1.68;
  return polynomial(1 / mu, 1, 0.1649, 0.226);
}

function fittedVariance(mu: number, mean: number): number {
  const ln = Math.log(mu);
  if (mu <= 0.1) return rareCounts(mu) - mean * mean;
  if (mu <= 0.2) return polynomial(mu, 0.77005, 4.34, -51.24, 195, -262);
  if (mu <= 0.3) return polynomial(mu, 1.12522, -2.8254, 4.23);
  if (mu <= 0.5) return polynomial(mu, 1.20641, -3.6926, 7.328, -3.7);
  if (mu <= 1) return polynomial(mu, 1.15431, -3.5446, 7.666, -5.191, 1.28);
  if (mu <= 2) return polynomial(mu, -0.05748, 1.0914, 0.859, -0.641, 0.1125);
  if (mu <= 3) return polynomial(mu, -0.67539, 2.8422, -0.872, 0.089);
  if (mu <= 5) return 2.12336 + 0.012202 * mu ** (5.717 - 2.6 * ln);
  if (mu <= 10) return 2.05159 + 0.331 * mu ** (1.343 - ln);
  return polynomial(1 / mu, 2, 0.6747, 0.79, 12);
}

/** 4 sum_{k=0..4} P(k) (mu - k + k ln(k/mu))^2 */
function rareCounts(mu: number): number {
  let p = Math.exp(-mu);
  let sum = 0;
  for (let k = 0; k <= 4; k++) {
    sum += 4 * p * (mu - k + (k === 0 ? 0 : k * Math.log(k / mu))) ** 2;
    p *= mu / (k + 1);
  }
  return sum;
}
