import { lnGamma, stirlingCorrection } from "./gamma.ts";

/**
 * Regularised lower incomplete gamma function P(a, x) = int_0^x t^(a-1) exp(-t) dt / Gamma(a), a > 0, x >= 0: the cdf of
 * a gamma variable; 1 - P(k + 1, mu) is that of a Poisson variable. Relative error about 1e-14 for a up to 1e4.
 */
export function gammaP(a: number, x: number): number {
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  return x < a + 1 ? series(a, x) : 1 - continuedFraction(a, x);
}

/** Upper one, Q(a, x) = 1 - P(a, x), accurate also where it is small. */
export function gammaQ(a: number, x: number): number {
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? 1 - series(a, x) : continuedFraction(a, x);
}

/** x^a exp(-x) / Gamma(a + 1) without the cancellation of its large logarithms. */
function powerTerm(a: number, x: number): number {
  if (a < 10) return Math.exp(a * Math.log(x) - x - lnGamma(a + 1));
  const d = (x - a) / a;
  const exponent = Math.abs(d) < 0.9 ? a * (Math.log1p(d) - d) : a * Math.log(x / a) - (x - a);
  return Math.exp(exponent - stirlingCorrection(a)) / Math.sqrt(2 * Math.PI * a);
}

function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return powerTerm(a, x) * sum;
}

/** Legendre's continued fraction (Abramowitz & Stegun 6.5.31, even part) by Lentz's method. */
function continuedFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 1e6; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    h *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return powerTerm(a, x) * a * h;
}
