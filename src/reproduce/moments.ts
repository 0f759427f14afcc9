import { summarise } from "../diagnose/summary.ts";
import type { JointPrior } from "../prior/types.ts";

/** Summary of one parameter's posterior, in log10 where its prior is logarithmic. */
export interface Moments {
  /** `log10 powerlaw.norm`, `tbabs.nH`. */
  readonly name: string;
  readonly mean: number;
  readonly sd: number;
  readonly median: number;
  /** 68 % interval. */
  readonly low: number;
  readonly high: number;
}

/** Column d of draws (M, D), in log10 where the prior is logarithmic. */
export function column(theta: ArrayLike<number>, prior: JointPrior, d: number): Float64Array {
  const D = prior.priors.length;
  const { logarithmic } = prior.priors[d];
  return Float64Array.from({ length: theta.length / D }, (_, m) => {
    const value = theta[m * D + d];
    return logarithmic ? Math.log10(value) : value;
  });
}

/** Columns of all parameters, as figures take them. */
export function columns(theta: ArrayLike<number>, prior: JointPrior): Float64Array[] {
  return prior.priors.map((_, d) => column(theta, prior, d));
}

export function momentsOf(
  theta: ArrayLike<number>,
  prior: JointPrior,
  weight?: ArrayLike<number>,
): Moments[] {
  return prior.priors.map(({ logarithmic }, d) => {
    const { mean, sd, median, interval68 } = summarise(column(theta, prior, d), weight);
    const [low, high] = interval68;
    return { name: logarithmic ? `log10 ${prior.names[d]}` : prior.names[d], mean, sd, median, low, high };
  });
}

/** How far a posterior is from another: shift of means in the other's deviations, ratio of deviations. */
export interface Difference {
  readonly name: string;
  readonly shift: number;
  readonly ratio: number;
}

export function differences(of: readonly Moments[], exact: readonly Moments[]): Difference[] {
  return of.map(({ name, mean, sd }, d) => ({
    name,
    shift: (mean - exact[d].mean) / exact[d].sd,
    ratio: sd / exact[d].sd,
  }));
}
