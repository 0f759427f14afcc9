/** The prior of one parameter. */
export interface Prior {
  readonly kind: "uniform" | "loguniform" | "normal" | "lognormal";
  /** Normal form, `uniform(0.1, 0.3)`. */
  readonly text: string;
  /** Closed support; +-Infinity where unbounded. Truncation by hard limits is part of the prior (normalised). */
  readonly lower: number;
  readonly upper: number;
  /** True where comparisons and networks use log10 of the parameter (loguniform, lognormal). */
  readonly logarithmic: boolean;
  /** Normalised log density in the parameter itself; -Infinity outside the support. */
  logPdf(x: number): number;
  /**
   * XSPEC's `bayes` term: -2 ln p without what does not depend on x, so 0 for a uniform prior, and its first two derivatives. Meant for x
   * in the support.
   */
  penalty(x: number): PriorPenalty;
  cdf(x: number): number;
  /** Inverse cdf of u in [0, 1]. */
  quantile(u: number): number;
}

/** A prior's term in a statistic, with its derivatives. */
export interface PriorPenalty {
  readonly value: number;
  readonly slope: number;
  readonly curvature: number;
}

/** Independent priors of the D free parameters. */
export interface JointPrior {
  readonly names: readonly string[];
  readonly priors: readonly Prior[];
  /** out (D) = parameters at the point u (D) of the unit cube. */
  transform(out: Float64Array, u: ArrayLike<number>): void;
  logPdf(theta: ArrayLike<number>): number;
}
