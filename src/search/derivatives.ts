import { offsets } from "./bounds.ts";
import type { SearchParameter, Statistic } from "./types.ts";

/** Gradient (D) and Hessian (D, D) of a statistic in the units of `scale`: y_i = x_i / scale_i. */
export interface Derivatives {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/** Steps of finite differences in units of the change that raises the statistic by about 1. */
const STEP = 0.03;

/**
 * Numerical derivatives from parabolas through three points an axis and both diagonals of each pair:
 * 1 + 2 D + D (D - 1) evaluations, D > 0. `scale` (D): changes that raise the statistic by about 1. Truncation error of
 * order (0.03)^2 times the third (gradient) and fourth (Hessian) derivatives; first order for the Hessian at limits.
 */
export function derivatives(
  f: Statistic,
  x: Float64Array,
  value: number,
  scale: Float64Array,
  parameters: readonly SearchParameter[],
): Derivatives {
  const d = x.length;
  const gradient = new Float64Array(d);
  const hessian = new Float64Array(d * d);
  const steps = parameters.map((parameter, i) => offsets(x[i], STEP * scale[i], parameter));
  const at = (...moves: readonly (readonly [number, number])[]): number => {
    const moved = x.slice();
    for (const [i, side] of moves) moved[i] += steps[i][side];
    return f(moved);
  };
  const axis = steps.map((_, i) => [at([i, 0]), at([i, 1])] as const);
  for (let i = 0; i < d; i++) {
    const [a, b] = steps[i].map((step) => step / scale[i]);
    const slopeA = (axis[i][0] - value) / a;
    const slopeB = (axis[i][1] - value) / b;
    hessian[i * d + i] = (2 * (slopeA - slopeB)) / (a - b);
    gradient[i] = slopeA - (hessian[i * d + i] * a) / 2;
    for (let j = 0; j < i; j++) {
      const twist = (side: 0 | 1) =>
        (at([i, side], [j, side]) - axis[i][side] - axis[j][side] + value) /
        ((steps[i][side] / scale[i]) * (steps[j][side] / scale[j]));
      hessian[i * d + j] = 0.5 * (twist(0) + twist(1));
      hessian[j * d + i] = hessian[i * d + j];
    }
  }
  return { gradient, hessian };
}

/**
 * Scales (D) by which each parameter alone raises the statistic by about 1 through its curvature: found by doubling and
 * halving from a first guess. A statistic that does not depend on a parameter leaves it at the guess.
 */
export function unitScales(
  f: Statistic,
  x: Float64Array,
  value: number,
  guess: Float64Array,
  parameters: readonly SearchParameter[],
): Float64Array {
  return guess.map((first, i) => {
    let scale = first;
    for (let trial = 0; trial < 40; trial++) {
      const rise = curvatureRise(f, x, value, i, scale, parameters[i]);
      if (rise > 0.2 && rise < 5) return scale * Math.sqrt(1 / rise);
      if (rise === 0 && trial > 12) return first;
      const factor = Number.isFinite(rise) && rise > 1e-6 ? Math.sqrt(1 / rise) : rise > 1 ? 0.1 : 10;
      const next = scale * Math.min(10, Math.max(0.1, factor));
      const { lower, upper } = parameters[i];
      if (next > scale && next > upper - lower) return scale;
      scale = next;
    }
    return scale;
  });
}

/** Half the second derivative times scale^2, as a magnitude; Infinity where the statistic is not finite. */
function curvatureRise(
  f: Statistic,
  x: Float64Array,
  value: number,
  i: number,
  scale: number,
  parameter: SearchParameter,
): number {
  const [a, b] = offsets(x[i], scale, parameter);
  const moved = x.slice();
  moved[i] = x[i] + a;
  const slopeA = (f(moved) - value) / a;
  moved[i] = x[i] + b;
  const slopeB = (f(moved) - value) / b;
  const rise = Math.abs((slopeA - slopeB) / (a - b)) * scale * scale;
  return Number.isNaN(rise) ? Infinity : rise;
}
