import { monomialEvaluator } from "./monomials.ts";

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
