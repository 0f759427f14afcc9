import { gaussLegendre } from "./quadrature.ts";

const step = 0.02;
const lowest = -25;
const count = 1425;
const highest = lowest + (count - 1) * step;

/**
 * f(y) = ln int_x^inf s^k/(e^s - 1) ds + x at x = e^y: the spectrum of a disc whose temperature falls as r^-p, k = 2/p - 1,
 * without its exponential (Mitsuda+ 1984, PASJ 36, 741, eq. 4, for p = 3/4).
 *
 * Cubic Hermite interpolation in a table of step 0.02, good to 1e-9; the asymptotic series beyond x = 32. The table is
 * made anew (a fraction of a millisecond) where k is not that of the call before.
 */
export function diskIntegral(): (y: number, k: number) => number {
  const value = new Float64Array(count);
  const slope = new Float64Array(count);
  let current = Number.NaN;
  return (y, k) => {
    if (k !== current) fillTable(value, slope, k);
    current = k;
    if (y >= highest) return asymptotic(Math.exp(y), k);
    const position = Math.max(0, (y - lowest) / step);
    const i = Math.floor(position);
    const t = position - i;
    const rise = value[i + 1] - value[i];
    const a = step * slope[i] - rise;
    const b = rise - step * slope[i + 1];
    return value[i] + t * rise + t * (1 - t) * (a * (1 - t) + b * t);
  };
}

const rule = gaussLegendre(5);

/** From the top down: J(x) = e^x int_x^inf = J(x') e^(x - x') + int_x^x' s^k e^(x-s)/(1 - e^-s) ds. */
function fillTable(value: Float64Array, slope: Float64Array, k: number): void {
  let above = Math.exp(highest);
  let scaled = Math.exp(asymptotic(above, k));
  for (let i = count - 1; i >= 0; i--) {
    const x = Math.exp(lowest + i * step);
    const half = 0.5 * (above - x);
    scaled *= Math.exp(x - above);
    for (let j = 0; j < rule.nodes.length; j++) {
      const s = x + half * (1 + rule.nodes[j]);
      scaled += (half * rule.weights[j] * s ** k * Math.exp(x - s)) / -Math.expm1(-s);
    }
    value[i] = Math.log(scaled);
    slope[i] = x * (1 + x ** k / (Math.expm1(-x) * scaled));
    above = x;
  }
}

/** ln(Gamma(k + 1, x) e^x), what is left of the integral for large x. */
function asymptotic(x: number, k: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 0; n < 8; n++) {
    term *= (k - n) / x;
    sum += term;
  }
  return k * Math.log(x) + Math.log(sum);
}
