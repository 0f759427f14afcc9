import { cholesky, choleskySolve } from "../math/cholesky.ts";
import { monomialCount, monomialEvaluator } from "./monomials.ts";

/**
 * A closed-form Gaussian approximation of the posterior, given features x (F):
 *
 *   t = m(x) + diag(s(x)) A z,   z ~ N(0, 1)^D
 *
 * with m a polynomial of `meanDegree`, log s^2 one of `scaleDegree`, and A lower triangular and constant (the Cholesky
 * factor of the correlation of the scaled residuals). The flow learns what is left: the distribution of z given x.
 */
export interface Base {
  readonly targets: number;
  readonly features: number;
  readonly meanDegree: number;
  readonly scaleDegree: number;
  /** (P_mean, D). */
  readonly mean: Float64Array;
  /** Coefficients of log variance (P_scale, D). */
  readonly logVariance: Float64Array;
  /** Lower triangular (D, D), row-major. */
  readonly factor: Float64Array;
  /** Features are clipped to these before the polynomials, which run away outside the training set (F). */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** z (n, D) and log |dz/dt| (n). */
export interface Standardised {
  readonly z: Float64Array;
  readonly logDet: Float64Array;
}

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

/** Functions of a base: both directions of the change of variables, for rows of features. */
export interface BaseMap {
  /** z of t; x (n, F) or (1, F) for all rows. */
  standardise(x: Float64Array, t: Float64Array): Standardised;
  /** t of z; x (n, F) or (1, F) for all rows. */
  restore(x: Float64Array, z: Float64Array): Float64Array;
  /** Mean and standard deviation of t (n, D). */
  moments(x: Float64Array): { mean: Float64Array; sd: Float64Array };
}

export function baseMap(base: Base): BaseMap {
  const { targets: D, features: F, factor } = base;
  const meanTerms = monomialEvaluator(F, base.meanDegree);
  const scaleTerms = monomialEvaluator(F, base.scaleDegree);
  const Pm = base.mean.length / D;
  const Ps = base.logVariance.length / D;
  const pm = new Float64Array(Pm);
  const ps = new Float64Array(Ps);
  const point = new Float64Array(F);
  const m = new Float64Array(D);
  const s = new Float64Array(D);
  let logFactor = 0;
  for (let d = 0; d < D; d++) logFactor += Math.log(factor[d * D + d]);

  const at = (x: Float64Array, row: number) => {
    for (let f = 0; f < F; f++) point[f] = Math.min(base.upper[f], Math.max(base.lower[f], x[row * F + f]));
    meanTerms(pm, point);
    scaleTerms(ps, point);
    for (let d = 0; d < D; d++) {
      m[d] = 0;
      let lv = 0;
      for (let p = 0; p < Pm; p++) m[d] += pm[p] * base.mean[p * D + d];
      for (let p = 0; p < Ps; p++) lv += ps[p] * base.logVariance[p * D + d];
      s[d] = Math.exp(0.5 * lv);
    }
  };
  const rowOf = (x: Float64Array) => (x.length === F ? () => 0 : (n: number) => n);

  return {
    standardise(x, t) {
      const n = t.length / D;
      const row = rowOf(x);
      const z = new Float64Array(t.length);
      const logDet = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        if (i === 0 || x.length !== F) at(x, row(i));
        let sum = -logFactor;
        for (let d = 0; d < D; d++) {
          let r = (t[i * D + d] - m[d]) / s[d];
          for (let e = 0; e < d; e++) r -= factor[d * D + e] * z[i * D + e];
          z[i * D + d] = r / factor[d * D + d];
          sum -= Math.log(s[d]);
        }
        logDet[i] = sum;
      }
      return { z, logDet };
    },
    restore(x, z) {
      const n = z.length / D;
      const row = rowOf(x);
      const t = new Float64Array(z.length);
      for (let i = 0; i < n; i++) {
        if (i === 0 || x.length !== F) at(x, row(i));
        for (let d = 0; d < D; d++) {
          let r = 0;
          for (let e = 0; e <= d; e++) r += factor[d * D + e] * z[i * D + e];
          t[i * D + d] = m[d] + s[d] * r;
        }
      }
      return t;
    },
    moments(x) {
      const n = x.length / F;
      const mean = new Float64Array(n * D);
      const sd = new Float64Array(n * D);
      for (let i = 0; i < n; i++) {
        at(x, i);
        mean.set(m, i * D);
        sd.set(s, i * D);
      }
      return { mean, sd };
    },
  };
}

/** Mean negative log density per row of t under the base alone: what a degree is chosen by, on held-out rows. */
export function baseLoss(base: Base, x: Float64Array, t: Float64Array): number {
  const { z, logDet } = baseMap(base).standardise(x, t);
  let sum = 0;
  for (let i = 0; i < z.length; i++) sum += 0.5 * z[i] * z[i];
  for (let i = 0; i < logDet.length; i++) sum -= logDet[i];
  return sum / logDet.length + 0.5 * base.targets * Math.log(2 * Math.PI);
}

/** The base that changes nothing: z = t. */
export function identityBase(F: number, D: number): Base {
  const factor = new Float64Array(D * D);
  for (let d = 0; d < D; d++) factor[d * D + d] = 1;
  const lower = new Float64Array(F).fill(-1e300);
  const upper = new Float64Array(F).fill(1e300);
  return {
    targets: D,
    features: F,
    meanDegree: 0,
    scaleDegree: 0,
    mean: new Float64Array(D),
    logVariance: new Float64Array(D),
    factor,
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
