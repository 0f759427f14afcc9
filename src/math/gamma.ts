import { ZETA_MINUS_ONE } from "./zeta-table.ts";

const HALF_LN_2PI = 0.9189385332046727;
const ONE_MINUS_EULER = 0.42278433509846713;

/**
 * ln Gamma(x), x > 0 (+Infinity at 0, NaN below). Relative error below 1e-15 or so, also at the zeros x = 1 and 2.
 *
 * x >= 10: Stirling's series. Below: recurrence into [1.5, 2.5) and
 *   ln Gamma(2 + z) = (1 - gamma) z + sum_k>=2 (zeta(k) - 1) (-z)^k / k      (Abramowitz & Stegun 6.1.33)
 */
export function lnGamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Infinity : Number.NaN;
  if (x >= 10) return (x - 0.5) * Math.log(x) - x + HALF_LN_2PI + stirlingCorrection(x);
  if (x < 0.5) return lnGammaNearTwo(x) - Math.log(x) - Math.log1p(x);
  if (x < 1.5) return lnGammaNearTwo(x - 1) - Math.log1p(x - 1);
  let product = 1;
  let y = x;
  while (y >= 2.5) {
    y -= 1;
    product *= y;
  }
  return Math.log(product) + lnGammaNearTwo(y - 2);
}

/** ln Gamma(2 + z) for abs(z) <= 0.5. */
function lnGammaNearTwo(z: number): number {
  let sum = 0;
  for (let k = ZETA_MINUS_ONE.length - 1; k >= 0; k--) {
    sum = -z * sum + ZETA_MINUS_ONE[k] / (k + 2);
  }
  return z * ONE_MINUS_EULER + z * z * sum;
}

/** ln Gamma(x) - [(x - 1/2) ln x - x + ln(2 pi)/2] for x >= 10: Bernoulli numbers B_2k / (2k (2k - 1) x^(2k-1)). */
export function stirlingCorrection(x: number): number {
  const y = 1 / (x * x);
  return (
    (1 / 12 -
      y *
        (1 / 360 -
          y *
            (1 / 1260 -
              y * (1 / 1680 - y * (1 / 1188 - y * (691 / 360360 - y * (1 / 156 - (y * 3617) / 122400))))))) /
    x
  );
}

/** digamma(x) = d ln Gamma / dx, x > 0, absolute error about 1e-15: recurrence to x >= 10, then the asymptotic series. */
export function digamma(x: number): number {
  let shift = 0;
  let y = x;
  while (y < 10) {
    shift -= 1 / y;
    y += 1;
  }
  const z = 1 / (y * y);
  const series =
    z * (1 / 12 - z * (1 / 120 - z * (1 / 252 - z * (1 / 240 - z * (1 / 132 - z * (691 / 32760 - z / 12))))));
  return shift + Math.log(y) - 0.5 / y - series;
}
