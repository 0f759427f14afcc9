import type { Region } from "./region.ts";

/** out (n) = ln L of the rows of theta (n, D). */
export type LogLikes = (out: Float64Array, theta: Float64Array, n: number) => void;

/** What is sampled. A joint prior has the first two. */
export interface NestedProblem {
  /** Number of parameters D. */
  readonly dimension: number;
  /** out (D) = parameters at the point u (D) of the unit cube. */
  readonly transform: (out: Float64Array, u: ArrayLike<number>) => void;
  /** ln L at theta (D); -Infinity where the likelihood is zero. */
  readonly logLike: (theta: Float64Array) => number;
  /** Many at once, where that is faster; region proposals then come in batches. */
  readonly logLikes?: LogLikes;
  /**
   * Nearly the same likelihood, much cheaper, exact at `reference` (D); used until the next call. Proposals that it puts clearly
   * outside the contour are not evaluated. All that is kept has the exact likelihood.
   */
  readonly nearby?: (reference: Float64Array) => LogLikes;
}

export interface NestedOptions {
  /**
   * Points alive, n. Error of ln Z: sqrt(H / n), H the information in nats. Effective posterior draws: about
   * 2.7 n sqrt(D) for nearly Gaussian posteriors. Evaluations: about n (H + 7) / efficiency, which is 0.7 for D = 3,
   * 0.1-0.5 for D = 5, and 0.9 with a nearby likelihood. So 1000 give 4700 draws and an error of 0.11 at D = 3, H = 12.
   */
  readonly livePoints: number;
  readonly seed: number;
  /** Independent runs of one seed, to be merged (`nestedResult(a, b)` is as good as one run of all their points). */
  readonly run: number;
  /** Ends where the live points hold less than this fraction of the evidence. 0.01, as UltraNest. */
  readonly remainder: number;
  /** Draws from the prior after which the start is given up if fewer than one in 1000 had a finite likelihood. */
  readonly priorDraws: number;
  /** Proposals evaluated at a time where the problem has `logLikes`. */
  readonly batch: number;
}

/** Points that grow at the end; `count` of them are in use. `u` and `theta` (capacity, D). */
export interface Points {
  count: number;
  u: Float64Array;
  theta: Float64Array;
  logLike: Float64Array;
  /** Which chain of replacements each point belongs to, 0 ... livePoints - 1. */
  thread: Int32Array;
}

/** A likelihood that is nearly the true one, and by how much it may fall short of it. Plain data. */
export interface Screen {
  /** Where the two are equal. */
  readonly reference: Float64Array;
  /** A point is inside the contour only if its near ln L plus this is above the threshold. */
  readonly slack: number;
  /** ln of the prior volume when it was made. */
  readonly builtAt: number;
}

/**
 * A nested sampling run under way: plain data, so that it can be cloned, stored and gone on with. `step` changes it in
 * place (its arrays are large).
 */
export interface NestedState {
  readonly dimension: number;
  readonly options: NestedOptions;
  readonly live: Points;
  readonly dead: Points;
  /** Place of each new point among the live ones, in [0, 1): uniform where sampling is right. */
  insertion: number[];
  /** Region proposals that are evaluated and not yet used, last first. */
  readonly pending: Points;
  region: Region | undefined;
  screen: Screen | undefined;
  /** Slice sampling instead of the region until the prior volume is below exp(sliceUntil). */
  sliceUntil: number;
  /** Typical length of a slice, in units of the region's axes. */
  sliceWidth: number;
  iteration: number;
  /** Of the exact likelihood. */
  evaluations: number;
  /** Draws from the prior that it took to find the first live points; the others had no finite likelihood. */
  priorDraws: number;
  /** ln of the prior volume inside the lowest live point's contour. */
  logVolume: number;
  /** ln of the evidence of the dead points, and estimated fraction that the live ones hold. */
  logZ: number;
  remaining: number;
  /** Region proposals, in evaluations' worth, and successes since the last region. */
  proposed: number;
  accepted: number;
  /** Random streams used so far. */
  streams: number;
  done: boolean;
  /** Why the run ended early, where it did. */
  warning: string | undefined;
}
