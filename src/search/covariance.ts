import { cholesky, choleskyInverse } from "../math/cholesky.ts";
import { derivatives, unitScales } from "./derivatives.ts";
import type { SearchParameter, Statistic } from "./types.ts";

/** Hessian (D, D) of a statistic at x (D) from finite differences inside the limits, in the parameters' own units. */
export function hessianAt(
  f: Statistic,
  x: Float64Array,
  parameters: readonly SearchParameter[],
): Float64Array {
  const d = x.length;
  const value = f(x);
  const guess = Float64Array.from(parameters, (parameter) => parameter.scale);
  const scale = unitScales(f, x, value, guess, parameters);
  const { hessian } = derivatives(f, x, value, scale, parameters);
  return hessian.map((entry, k) => entry / (scale[Math.floor(k / d)] * scale[k % d]));
}

/**
 * Covariance (D, D) of the parameters at a minimum of a statistic like -2 ln L: 2 H^-1.
 * Undefined where the Hessian is not positive definite (not a minimum, or on a limit).
 */
export function covarianceAt(
  f: Statistic,
  x: Float64Array,
  parameters: readonly SearchParameter[],
): Float64Array | undefined {
  const d = x.length;
  const hessian = hessianAt(f, x, parameters);
  const factor = hessian.every(Number.isFinite) ? cholesky(hessian, d) : undefined;
  return factor === undefined ? undefined : choleskyInverse(factor, d).map((entry) => 2 * entry);
}
