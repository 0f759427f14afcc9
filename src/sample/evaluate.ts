import type { NestedProblem } from "./nested-types.ts";

/** ln L at theta (D). NaN and +Infinity are errors. */
export function logLikeAt(problem: NestedProblem, theta: Float64Array): number {
  return checked(problem.logLike(theta), theta);
}

/** ln L (n) at the rows of u (n, D); their parameters go to `theta` (n, D). */
export function evaluateMany(
  problem: NestedProblem,
  logLike: Float64Array,
  theta: Float64Array,
  u: Float64Array,
  n: number,
): void {
  transformMany(problem, theta, u, n);
  logLikesAt(problem, logLike, theta, n);
}

/** theta (n, D) = parameters at the rows of u (n, D). */
export function transformMany(problem: NestedProblem, theta: Float64Array, u: Float64Array, n: number): void {
  const d = problem.dimension;
  for (let i = 0; i < n; i++) problem.transform(row(theta, i, d), row(u, i, d));
}

/** ln L (n) of the rows of theta (n, D), as `logLikeAt`. */
export function logLikesAt(
  problem: NestedProblem,
  logLike: Float64Array,
  theta: Float64Array,
  n: number,
): void {
  const d = problem.dimension;
  if (problem.logLikes !== undefined) problem.logLikes(logLike, theta, n);
  for (let i = 0; i < n; i++) {
    if (problem.logLikes === undefined) logLike[i] = problem.logLike(row(theta, i, d));
    checked(logLike[i], row(theta, i, d));
  }
}

function row(all: Float64Array, i: number, d: number): Float64Array {
  return all.subarray(i * d, i * d + d);
}

function checked(logLike: number, theta: Float64Array): number {
  if (logLike < Infinity) return logLike;
  throw new Error(`internal: log likelihood is ${logLike} at theta = (${Array.from(theta).join(", ")})`);
}
