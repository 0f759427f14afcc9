/** A statistic to be minimised at x (D); values that are not finite count as +Infinity. */
export type Statistic = (x: Float64Array) => number;

/** One record a parameter. */
export interface SearchParameter {
  /** Closed limits; +-Infinity where there are none. */
  readonly lower: number;
  readonly upper: number;
  /** A typical change that matters, such as the standard deviation of the posterior; adapted, so a guess will do. */
  readonly scale: number;
}
