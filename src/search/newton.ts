import { cholesky, choleskySolve } from "../math/cholesky.ts";
import { clampInto } from "./bounds.ts";
import { type Derivatives, derivatives, unitScales } from "./derivatives.ts";
import type { SearchParameter, Statistic } from "./types.ts";

/** Where a descent has come to. */
export interface Descent {
  readonly x: Float64Array;
  readonly value: number;
  /** True where the next step promises less than the tolerance. */
  readonly converged: boolean;
}

/** No parameter moves by more than this many unit scales in one step. */
const LONGEST_STEP = 8;

/**
 * Newton's method with numerical derivatives, damped as by Levenberg and Marquardt and held inside the limits: parameters
 * at a limit that want to leave are frozen for the step. Converged where a step lowers the statistic by less than
 * `tolerance`, or promises less and no damping finds a lower point.
 */
export function newtonDescent(
  f: Statistic,
  start: Float64Array,
  parameters: readonly SearchParameter[],
  tolerance: number,
): Descent {
  let x = start;
  let value = f(x);
  let scale: Float64Array = Float64Array.from(parameters, (parameter) => parameter.scale);
  let damping = 1e-3;
  for (let iteration = 0; iteration < 60; iteration++) {
    scale = unitScales(f, x, value, scale, parameters);
    const local = derivatives(f, x, value, scale, parameters);
    if (!local.gradient.every(Number.isFinite)) return { x, value, converged: false };
    const step = dampedStep(f, x, value, scale, parameters, local, damping);
    if (step === undefined) return { x, value, converged: promise(x, parameters, local) < tolerance };
    const gain = value - step.value;
    ({ x, value } = step);
    damping = Math.max(1e-9, step.damping / 10);
    if (gain < tolerance && step.damping < 1) return { x, value, converged: true };
  }
  return { x, value, converged: false };
}

function isFree(
  x: Float64Array,
  i: number,
  parameters: readonly SearchParameter[],
  gradient: Float64Array,
): boolean {
  const { lower, upper } = parameters[i];
  return !(x[i] <= lower && gradient[i] > 0) && !(x[i] >= upper && gradient[i] < 0);
}

/** The first lower point on the way from Newton's step to steepest descent. */
function dampedStep(
  f: Statistic,
  x: Float64Array,
  value: number,
  scale: Float64Array,
  parameters: readonly SearchParameter[],
  local: Derivatives,
  firstDamping: number,
): { readonly x: Float64Array; readonly value: number; readonly damping: number } | undefined {
  for (let damping = firstDamping; damping < 1e9; damping *= 10) {
    const step = solveFree(x, parameters, local, damping);
    if (step === undefined) continue;
    const longest = step.reduce((most, move) => Math.max(most, Math.abs(move)), 0);
    const shorten = Math.min(1, LONGEST_STEP / longest);
    const moved = clampInto(
      x.map((value, i) => value + shorten * step[i] * scale[i]),
      parameters,
    );
    const movedValue = f(moved);
    if (movedValue < value) return { x: moved, value: movedValue, damping };
  }
  return undefined;
}

/** Solution of (H + damping diag) step = -gradient over the free parameters; undefined where H is not positive definite. */
function solveFree(
  x: Float64Array,
  parameters: readonly SearchParameter[],
  { gradient, hessian }: Derivatives,
  damping: number,
): Float64Array | undefined {
  const d = x.length;
  const matrix = hessian.slice();
  const target = gradient.map((slope) => -slope);
  for (let i = 0; i < d; i++) {
    matrix[i * d + i] += damping * Math.max(Math.abs(hessian[i * d + i]), 1e-3);
    if (isFree(x, i, parameters, gradient)) continue;
    for (let j = 0; j < d; j++) {
      matrix[i * d + j] = 0;
      matrix[j * d + i] = 0;
    }
    matrix[i * d + i] = 1;
    target[i] = 0;
  }
  const factor = cholesky(matrix, d);
  if (factor === undefined) return undefined;
  choleskySolve(target, factor, target, d);
  return target;
}

/** Fall of the statistic that the local parabola promises. */
function promise(x: Float64Array, parameters: readonly SearchParameter[], local: Derivatives): number {
  const step = solveFree(x, parameters, local, 1e-9);
  if (step === undefined) return Infinity;
  return -0.5 * step.reduce((sum, move, i) => sum + move * local.gradient[i], 0);
}
