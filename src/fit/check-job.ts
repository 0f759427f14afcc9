/** One simulated spectrum whose posterior is to be compared with the truth. */
export interface TestJob {
  /** (L). */
  readonly counts: Float64Array;
  /** What it was simulated with (D). */
  readonly truth: Float64Array;
  readonly seed: number;
  /** Draws numbered first .. first + count - 1. */
  readonly first: number;
  readonly count: number;
  /** False where the likelihood of simulated counts is not defined (chi). */
  readonly likelihood: boolean;
  /** True: only what lies in the open region counts as inside. */
  readonly restricted: boolean;
}

/** Draws of the open posterior for a test spectrum, and the truth as the last row. */
export interface TestDraws {
  /** (M + 1, D). */
  readonly theta: Float64Array;
  /** ln q, (M + 1). */
  readonly logProb: Float64Array;
  /** ln likelihood (M + 1), -Infinity outside of the prior; absent where it is not defined. */
  readonly logLike?: Float64Array;
  /** Expected source counts (M + 1), NaN outside of the prior (or of the open region). */
  readonly total: Float64Array;
}
