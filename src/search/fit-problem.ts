/** One parameter of a classical fit, with XSPEC's attributes. */
export interface FitParameter {
  readonly value: number;
  /** First guess of a change that matters, > 0; the step of derivatives where the value is 0. */
  readonly delta: number;
  /** Closed hard limits; +-Infinity where there are none. */
  readonly lower: number;
  readonly upper: number;
  readonly frozen: boolean;
  /** Index of the norm of this parameter's component: while that is 0, this parameter has no effect and is held. */
  readonly norm?: number;
}

/** Half the gradient (downhill) and half the curvature of a statistic in chosen parameters. */
export interface LocalShape {
  /** beta_j = -1/2 dS/dx_j  (n). */
  readonly beta: Float64Array;
  /** alpha_jk ~ 1/2 d2S/dx_j dx_k  (n, n), the part with first derivatives of the model. */
  readonly alpha: Float64Array;
}

/** A fit as plain functions: a statistic S like -2 ln L of all parameters x (P), frozen ones included. */
export interface FitProblem {
  readonly parameters: readonly FitParameter[];
  statistic(x: Float64Array): number;
  /** At x, in the parameters whose indices are given (n). */
  shape(x: Float64Array, free: readonly number[]): LocalShape;
  /** x with all norms multiplied by the factor that minimises S; absent where that is not possible analytically. */
  renormalise?(x: Float64Array): Float64Array;
}

/** The values of a problem's parameters (P). */
export function startingValues({ parameters }: FitProblem): Float64Array {
  return Float64Array.from(parameters, ({ value }) => value);
}

/** The problem with other values, and with some parameters frozen besides. */
export function restarted(
  problem: FitProblem,
  x: ArrayLike<number>,
  frozen: readonly number[] = [],
): FitProblem {
  const parameters = problem.parameters.map((parameter, i) => ({
    ...parameter,
    value: x[i],
    frozen: parameter.frozen || frozen.includes(i),
  }));
  return { ...problem, parameters };
}
