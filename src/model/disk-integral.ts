import { gaussLegendre } from "./quadrature.ts";

const step = 0.02;
const lowest = -25;
const count = 1425;
const highest = lowest + (count - 1) * step;

interface Table {
  readonly value: Float64Array;
  readonly slope: Float64Array;
}
let table: Table | undefined;

/**
 * f(y) = ln int_x^inf s^(5/3)/(e^s - 1) ds + x at x = e^y: the spectrum of a disc whose temperature falls as r^(-3/4),
 * without its exponential (Mitsuda+ 1984, PASJ 36, 741, eq. 4).
 *
 * Cubic Hermite interpolation in a table of step 0.02 made on first use, good to 1e-9; the asymptotic series beyond x = 32.
 */
export function diskIntegral(): (y: number) => number {
  table ??= makeTable();
  const { value, slope } = table;
  return (y) => {
    if (y >= highest) return asymptotic(Math.exp(y));
    const position = Math.max(0, (y - lowest) / step);
    const k = Math.floor(position);
    const t = position - k;
    const rise = value[k + 1] - value[k];
    const a = step * slope[k] - rise;
    const b = rise - step * slope[k + 1];
    return value[k] + t * rise + t * (1 - t) * (a * (1 - t) + b * t);
  };
}

/** From the top down: J(x) = e^x int_x^inf = J(x') e^(x - x') + int_x^x' s^(5/3) e^(x-s)/(1 - e^-s) ds. */
function makeTable(): Table {
  const rule = gaussLegendre(5);
  const value = new Float64Array(count);
  const slope = new Float64Array(count);
  let above = Math.exp(highest);
  let scaled = Math.exp(asymptotic(above));
  for (let k = count - 1; k >= 0; k--) {
    const x = Math.exp(lowest + k * step);
    const half = 0.5 * (above - x);
    scaled *= Math.exp(x - above);
    for (let j = 0; j < rule.nodes.length; j++) {
      const s = x + half * (1 + rule.nodes[j]);
      scaled += (half * rule.weights[j] * s ** (5 / 3) * Math.exp(x - s)) / -Math.expm1(-s);
    }
    value[k] = Math.log(scaled);
    slope[k] = x * (1 + x ** (5 / 3) / (Math.expm1(-x) * scaled));
    above = x;
  }
  return { value, slope };
}

/** ln(Gamma(8/3, x) e^x), what is left of the integral for large x. */
function asymptotic(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 0; k < 8; k++) {
    term *= (5 / 3 - k) / x;
    sum += term;
  }
  return (5 / 3) * Math.log(x) + Math.log(sum);
}
