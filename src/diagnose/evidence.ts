import { logSumExp } from "../math/log-sum-exp.ts";
import { ess, normaliseLogWeights } from "./ess.ts";

/** Evidence with its standard error, ln. */
export interface Evidence {
  readonly logZ: number;
  readonly logZError: number;
}

/**
 * Evidence from importance weights w_n = likelihood x prior / proposal of N independent draws, in logarithms:
 *
 *   Z = mean(w),  error of ln Z = sd(w) / (mean(w) sqrt(N)) = sqrt(1/ESS - 1/N)     (delta method)
 *
 * Draws of weight zero (-Infinity) count in N. Z is unbiased; ln Z is low by about error^2 / 2. With a Pareto k above 0.7
 * the error is itself too small. Smoothed weights (`psis`) scatter less, but bias Z low; give raw ones here.
 */
export function evidenceFromWeights(logWeights: ArrayLike<number>): Evidence {
  const n = logWeights.length;
  const effective = ess(normaliseLogWeights(logWeights));
  return {
    logZ: logSumExp(logWeights) - Math.log(n),
    logZError: effective > 0 ? Math.sqrt(Math.max(0, 1 / effective - 1 / n)) : Infinity,
  };
}
