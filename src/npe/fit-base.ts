import { cholesky, choleskySolve } from "../math/cholesky.ts";
import type { Base } from "./base.ts";
import { monomialCount, monomialEvaluator } from "./monomials.ts";

export interface BaseOptions {
  readonly meanDegree: number;
  readonly scaleDegree: number;
  /** Reweighted passes: mean by weighted least squares, then one Fisher scoring step of the log variance. */
  readonly passes?: number;
}

/**
 * Fits the base to N pairs (x, t) by iterated weighted least squares: the mean with weights 1/s^2, the log variance by
 * Fisher scoring of the Gaussian likelihood (regression of r^2/s^2 - 1).
 *
 * @param x standardised features (N, F)
 * @param t targets (N, D)
 */
export function fitBase(
  x: Float64Array,
  t: Float64Array,
  F: number,
  D: number,
  { meanDegree, scaleDegree, passes = 3 }: BaseOptions,
): Base {
  const N = t.length / D;
  const { lower, upper } = range(x, F);
  const clipped = clip(x, F, lower, upper);
  const Pm = monomialCount(F, meanDegree);
  const Ps = monomialCount(F, scaleDegree);
  const designMean = design(clipped, F, meanDegree);
  const designScale = scaleDegree === meanDegree ? designMean : design(clipped, F, scaleDegree);
  const mean = new Float64Array(Pm * D);
  const logVariance = new Float64Array(Ps * D);
  const scaled = new Float64Array(N * D);
  const scaleSolver = normalEquations(designScale, Ps);
  const column = new Float64Array(N);
  const weight = new Float64Array(N).fill(1);
  for (let d = 0; d < D; d++) {
    for (let n = 0; n < N; n++) column[n] = t[n * D + d];
    let c: Float64Array = new Float64Array(Ps);
    for (let pass = 0; pass < passes; pass++) {
      const m = solve(designMean, Pm, column, weight);
      const residual = subtract(column, multiply(designMean, Pm, m));
      c = pass === 0 ? initialLogVariance(designScale, Ps, residual, scaleSolver) : c;
      for (let step = 0; step < 2; step++) c = scoreLogVariance(designScale, Ps, residual, c, scaleSolver);
      const lv = multiply(designScale, Ps, c);
      for (let n = 0; n < N; n++) {
        weight[n] = Math.exp(-lv[n]);
        scaled[n * D + d] = residual[n] * Math.exp(-0.5 * lv[n]);
      }
      for (let p = 0; p < Pm; p++) mean[p * D + d] = m[p];
    }
    for (let p = 0; p < Ps; p++) logVariance[p * D + d] = c[p];
    weight.fill(1);
  }
  return {
    targets: D,
    features: F,
    meanDegree,
    scaleDegree,
    mean,
    logVariance,
    factor: correlationFactor(scaled, D),
    lower,
    upper,
  };
}

type Solver = (b: Float64Array) => Float64Array;

function range(x: Float64Array, F: number): { lower: Float64Array; upper: Float64Array } {
  const lower = new Float64Array(F).fill(Number.POSITIVE_INFINITY);
  const upper = new Float64Array(F).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < x.length; i++) {
    const f = i % F;
    if (x[i] < lower[f]) lower[f] = x[i];
    if (x[i] > upper[f]) upper[f] = x[i];
  }
  return { lower, upper };
}

function clip(x: Float64Array, F: number, lower: Float64Array, upper: Float64Array): Float64Array {
  return x.map((v, i) => Math.min(upper[i % F], Math.max(lower[i % F], v)));
}

function design(x: Float64Array, F: number, degree: number): Float64Array {
  const N = x.length / F;
  const P = monomialCount(F, degree);
  const evaluate = monomialEvaluator(F, degree);
  const out = new Float64Array(N * P);
  for (let n = 0; n < N; n++) evaluate(out.subarray(n * P, (n + 1) * P), x, n * F);
  return out;
}

/** Solver of X^T W X c = b with a ridge of 1e-9 of its mean diagonal, against columns that are nearly dependent. */
function normalEquations(X: Float64Array, P: number, weight?: Float64Array): Solver {
  const A = new Float64Array(P * P);
  const N = X.length / P;
  const row = new Float64Array(P);
  for (let n = 0; n < N; n++) {
    const w = weight === undefined ? 1 : weight[n];
    for (let p = 0; p < P; p++) row[p] = X[n * P + p];
    for (let p = 0; p < P; p++) {
      const v = w * row[p];
      for (let q = 0, k = p * P; q <= p; q++, k++) A[k] += v * row[q];
    }
  }
  let trace = 0;
  for (let p = 0; p < P; p++) trace += A[p * P + p];
  for (let p = 0; p < P; p++) {
    A[p * P + p] += (1e-9 * trace) / P;
    for (let q = 0; q < p; q++) A[q * P + p] = A[p * P + q];
  }
  const factor = positive(A, P);
  return (b) => {
    const out = new Float64Array(P);
    choleskySolve(out, factor, b, P);
    return out;
  };
}

function positive(A: Float64Array, n: number): Float64Array {
  const factor = cholesky(A, n);
  if (factor === undefined)
    throw new Error("internal: the normal equations of the base are not positive definite");
  return factor;
}

function solve(X: Float64Array, P: number, y: Float64Array, weight: Float64Array): Float64Array {
  return normalEquations(X, P, weight)(transposeMultiply(X, P, y, weight));
}

function transposeMultiply(X: Float64Array, P: number, y: Float64Array, weight?: Float64Array): Float64Array {
  const out = new Float64Array(P);
  for (let n = 0; n < y.length; n++) {
    const v = weight === undefined ? y[n] : weight[n] * y[n];
    for (let p = 0; p < P; p++) out[p] += v * X[n * P + p];
  }
  return out;
}

function multiply(X: Float64Array, P: number, c: Float64Array): Float64Array {
  const out = new Float64Array(X.length / P);
  for (let n = 0; n < out.length; n++) {
    let sum = 0;
    for (let p = 0; p < P; p++) sum += X[n * P + p] * c[p];
    out[n] = sum;
  }
  return out;
}

const subtract = (a: Float64Array, b: Float64Array) => a.map((v, i) => v - b[i]);

/** Regression of log r^2, whose mean lies 1.2704 = -(digamma(1/2) + ln 2) below the log variance of a Gaussian. */
function initialLogVariance(
  X: Float64Array,
  P: number,
  residual: Float64Array,
  solver: Solver,
): Float64Array {
  const y = residual.map((r) => Math.log(r * r + 1e-30) + 1.2704);
  return solver(transposeMultiply(X, P, y));
}

/** One Fisher scoring step for the log variance of a Gaussian: the expected information is X^T X / 2. */
function scoreLogVariance(
  X: Float64Array,
  P: number,
  residual: Float64Array,
  c: Float64Array,
  solver: Solver,
): Float64Array {
  const lv = multiply(X, P, c);
  // A far outlier would make the step overshoot; Huber-like cap at 5 standard deviations.
  const y = residual.map((r, n) => Math.min(25, r * r * Math.exp(-lv[n])) - 1);
  const step = solver(transposeMultiply(X, P, y));
  return c.map((v, i) => v + step[i]);
}

function correlationFactor(scaled: Float64Array, D: number): Float64Array {
  const N = scaled.length / D;
  const S = new Float64Array(D * D);
  for (let n = 0; n < N; n++)
    for (let d = 0; d < D; d++)
      for (let e = 0; e < D; e++) S[d * D + e] += scaled[n * D + d] * scaled[n * D + e];
  for (let i = 0; i < S.length; i++) S[i] /= N;
  for (let d = 0; d < D; d++) S[d * D + d] += 1e-12;
  return positive(S, D);
}
