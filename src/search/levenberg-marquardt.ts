import { dampedStep, scaledInverse } from "./damped-step.ts";
import { type FitProblem, startingValues } from "./fit-problem.ts";
import { insideLimits, onLimit } from "./hard-limits.ts";

export interface LevenbergMarquardtOptions {
  /** Fall of the statistic from one iteration to the next that ends the fit. XSPEC: 0.01. */
  readonly criticalDelta?: number;
  /** Iterations at most. XSPEC asks the user after 10; 100. */
  readonly iterations?: number;
  /** Multiply all norms by their best factor first, where the problem can. XSPEC's `renorm prefit`: true. */
  readonly renormalise?: boolean;
}

/** One line of the fit's log. */
export interface FitIteration {
  /** Statistic and parameters (P) after the step. */
  readonly statistic: number;
  readonly x: Float64Array;
  /** |beta|/N: length of half the gradient, over the number of varied parameters, at the point that the step left. */
  readonly gradient: number;
  /** lambda of the accepted step; XSPEC prints round(log10 lambda) as the level. */
  readonly lambda: number;
}

/** A fit under way. */
export interface FitState {
  readonly x: Float64Array;
  readonly statistic: number;
  readonly lambda: number;
  /** stalled: the statistic does not fall any more although the derivatives promise it; failed: no step is possible. */
  readonly status: "running" | "converged" | "stalled" | "failed";
  /** Parameters held on a limit (or without any effect) until the fit converges. */
  readonly pegged: readonly number[];
  /** Statistic when parameters were last let go from their limits. */
  readonly released: number;
  readonly last?: FitIteration;
  /** Curvature at the point that the last step left, with the parameters that it is in. */
  readonly curvature?: { readonly alpha: Float64Array; readonly free: readonly number[] };
}

/** The fit before its first step: lambda = 1e-3, all norms multiplied by their best factor where the problem can. */
export function initLevenbergMarquardt(
  problem: FitProblem,
  { renormalise = true }: Pick<LevenbergMarquardtOptions, "renormalise"> = {},
): FitState {
  const start = startingValues(problem);
  const scaled = renormalise && problem.renormalise !== undefined ? problem.renormalise(start) : start;
  // A factor that hits a norm's limit may not help.
  const x = problem.statistic(scaled) <= problem.statistic(start) ? scaled : start;
  return {
    x,
    statistic: problem.statistic(x),
    lambda: 1e-3,
    status: "running",
    pegged: limited(problem, x),
    released: Infinity,
  };
}

/**
 * One accepted step. Half the gradient beta and curvature alpha are taken once; lambda is raised tenfold until the damped
 * step does not raise the statistic (100 times at most, else `failed`), then divided by 10. Converged where the statistic
 * fell by no more than `criticalDelta`; parameters on a limit are let go then and the fit goes on, unless that was tried
 * already and did not help. The statistic never rises.
 *
 * XSPEC calls a fit converged too that a large lambda has brought to a standstill far from a minimum; here that is
 * `stalled`: the undamped step promises a fall of more than 100 `criticalDelta`. It takes other starting values.
 */
export function stepLevenbergMarquardt(
  problem: FitProblem,
  state: FitState,
  { criticalDelta = 0.01 }: Pick<LevenbergMarquardtOptions, "criticalDelta"> = {},
): FitState {
  const local = varied(problem, state);
  const { free, alpha, beta, pegged } = local;
  if (free.length === 0) return settle({ ...state, pegged }, criticalDelta);
  const curvature = { alpha, free };
  const taken = trial(problem, state, local);
  if (taken === undefined) return { ...state, pegged, curvature, status: "failed" };
  const last: FitIteration = { ...taken, gradient: Math.hypot(...beta) / free.length };
  const next: FitState = {
    ...state,
    ...taken,
    lambda: taken.lambda / 10,
    pegged: [...new Set([...pegged, ...limited(problem, taken.x)])],
    last,
    curvature,
  };
  if (state.statistic - taken.statistic > criticalDelta) return next;
  if (promisedFall(problem, state.x, local) > 100 * criticalDelta) return { ...next, status: "stalled" };
  return settle(next, criticalDelta);
}

/** Fall of the statistic that the undamped step promises, over the parameters that it would not take across a limit. */
function promisedFall({ parameters }: FitProblem, x: Float64Array, { free, beta, alpha }: Varied): number {
  const step = dampedStep(alpha, beta, 0);
  const n = free.length;
  const inside = free
    .map((_, k) => k)
    .filter((k) => insideLimits(x[free[k]], step[k], parameters[free[k]]) === x[free[k]] + step[k]);
  const own = Float64Array.from(inside, (k) => beta[k]);
  const block = Float64Array.from(inside.flatMap((j) => inside.map((k) => alpha[j * n + k])));
  return dampedStep(block, own, 0).reduce((sum, move, k) => sum + move * own[k], 0);
}

/** Converged, or going on with the parameters on limits let go. */
function settle(state: FitState, criticalDelta: number): FitState {
  const helped = state.released - state.statistic > criticalDelta;
  if (state.pegged.length === 0 || !helped) return { ...state, status: "converged" };
  return { ...state, pegged: [], released: state.statistic };
}

interface Varied {
  readonly free: readonly number[];
  readonly beta: Float64Array;
  readonly alpha: Float64Array;
  readonly pegged: readonly number[];
}

/** Derivatives in the parameters that the next step may move; those without any effect join the pegged ones. */
function varied(problem: FitProblem, { x, pegged }: FitState): Varied {
  const free = problem.parameters.flatMap(({ frozen, norm }, i) =>
    frozen || pegged.includes(i) || (norm !== undefined && norm !== i && x[norm] === 0) ? [] : [i],
  );
  const n = free.length;
  const { beta, alpha } = problem.shape(x, free);
  const used = free.map((_, k) => k).filter((k) => alpha[k * n + k] > 0);
  const idle = free.filter((_, k) => !used.includes(k));
  return {
    free: used.map((k) => free[k]),
    beta: Float64Array.from(used, (k) => beta[k]),
    alpha: Float64Array.from(used.flatMap((j) => used.map((k) => alpha[j * n + k]))),
    pegged: [...pegged, ...idle],
  };
}

function trial(problem: FitProblem, { x, statistic, lambda: first }: FitState, local: Varied) {
  const { free, beta, alpha } = local;
  let lambda = first;
  for (let attempt = 0; attempt < 100 && lambda < 1e300; attempt++) {
    const step = dampedStep(alpha, beta, lambda);
    const moved = x.slice();
    free.forEach((i, k) => {
      moved[i] = insideLimits(x[i], step[k], problem.parameters[i]);
    });
    const value = problem.statistic(moved);
    if (value <= statistic) return { x: moved, statistic: value, lambda };
    lambda *= 10;
  }
  return undefined;
}

function limited({ parameters }: FitProblem, x: Float64Array): number[] {
  return parameters.flatMap((parameter, i) => (!parameter.frozen && onLimit(x[i], parameter) ? [i] : []));
}

/** Result of a fit. */
export interface ClassicalFit {
  /** All parameters (P). */
  readonly x: Float64Array;
  readonly statistic: number;
  readonly converged: boolean;
  readonly iterations: readonly FitIteration[];
  /**
   * Covariance (P, P): the inverse of alpha of the last iteration, that is with derivatives from before its last step
   * (as XSPEC prints it). Zero in parameters that were not varied.
   */
  readonly covariance: Float64Array;
  /** Parameters on a hard limit, or without effect, at the end. */
  readonly pegged: readonly number[];
}

/**
 * Levenberg-Marquardt fit as XSPEC's `leven` does it: the steps of `stepLevenbergMarquardt` until converged. The log of
 * the EXOSAT example in XSPEC's manual comes out line by line. Its level is the lambda that the accepted step was taken
 * with: there the second step is refused once, at 1e-4.
 * Marquardt 1963, J. SIAM 11, 431; Bevington & Robinson 2003, section 8.6.
 */
export function levenbergMarquardt(
  problem: FitProblem,
  { criticalDelta = 0.01, iterations: most = 100, renormalise = true }: LevenbergMarquardtOptions = {},
): ClassicalFit {
  let state = initLevenbergMarquardt(problem, { renormalise });
  const iterations: FitIteration[] = [];
  while (state.status === "running" && iterations.length < most) {
    const before = state.last;
    state = stepLevenbergMarquardt(problem, state, { criticalDelta });
    if (state.last !== undefined && state.last !== before) iterations.push(state.last);
  }
  const { x, statistic, status } = state;
  const pegged = limited(problem, x);
  return {
    x,
    statistic,
    converged: status === "converged",
    iterations,
    covariance: covarianceOf(state),
    pegged,
  };
}

/** Covariance (P, P) of the last step's curvature; zeros before any step. */
export function covarianceOf({ x, curvature }: FitState): Float64Array {
  const size = x.length;
  const covariance = new Float64Array(size * size);
  if (curvature === undefined) return covariance;
  const { alpha, free } = curvature;
  const inverse = scaledInverse(alpha, free.length);
  free.forEach((i, k) => {
    free.forEach((j, l) => {
      covariance[i * size + j] = inverse[k * free.length + l];
    });
  });
  return covariance;
}
