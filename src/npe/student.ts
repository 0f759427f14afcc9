import { cholesky } from "../math/cholesky.ts";
import { lnGamma } from "../math/gamma.ts";
import type { Rng } from "../math/rng.ts";

/** A multivariate Student t distribution in D dimensions. */
export interface Student {
  readonly mean: Float64Array;
  readonly degrees: number;
  sample(rng: Rng): Float64Array;
  logPdf(t: ArrayLike<number>): number;
}

/**
 * Student t with `degrees` of freedom and scale matrix `scale` (D, D) (its covariance is degrees/(degrees-2) times that).
 *
 *   ln p(t) = lnG((v+D)/2) - lnG(v/2) - D/2 ln(v pi) - ln det L - (v+D)/2 ln(1 + |L^-1 (t - mean)|^2 / v)
 */
export function student(mean: Float64Array, scale: Float64Array, degrees: number): Student {
  const D = mean.length;
  const factor = cholesky(scale, D);
  if (factor === undefined) throw new Error("internal: the scale of a Student t is not positive definite");
  let logDet = 0;
  for (let d = 0; d < D; d++) logDet += Math.log(factor[d * D + d]);
  const constant =
    lnGamma((degrees + D) / 2) - lnGamma(degrees / 2) - (D / 2) * Math.log(degrees * Math.PI) - logDet;
  return {
    mean,
    degrees,
    sample(rng) {
      let chi2 = 0;
      // degrees is a whole number here, so chi-squared is a sum of squares.
      for (let i = 0; i < degrees; i++) chi2 += rng.normal() ** 2;
      const stretch = Math.sqrt(degrees / chi2);
      const e = new Float64Array(D);
      for (let d = 0; d < D; d++) e[d] = rng.normal();
      const t = new Float64Array(D);
      for (let d = 0; d < D; d++) {
        let sum = 0;
        for (let k = 0; k <= d; k++) sum += factor[d * D + k] * e[k];
        t[d] = mean[d] + stretch * sum;
      }
      return t;
    },
    logPdf(t) {
      const u = new Float64Array(D);
      let norm = 0;
      for (let d = 0; d < D; d++) {
        let r = t[d] - mean[d];
        for (let k = 0; k < d; k++) r -= factor[d * D + k] * u[k];
        u[d] = r / factor[d * D + d];
        norm += u[d] * u[d];
      }
      return constant - ((degrees + D) / 2) * Math.log1p(norm / degrees);
    },
  };
}
