import { deviation, expectedCstat } from "../observe/expected.ts";
import { statistic } from "../observe/statistic.ts";
import type { Observation, StatisticName } from "../observe/types.ts";

/** The statistic at given expected counts, with its expectation where that is known (C-stat without background). */
export interface Goodness {
  readonly atMedian: number;
  readonly expected?: number;
  readonly expectedSd?: number;
  /** (value - expected) / expectedSd. */
  readonly deviation?: number;
  /** The expectation at the best fit of p free parameters, where C is lower by p on average: expected - p. */
  readonly expectedCorrected?: number;
  readonly bins: number;
}

/**
 * Goodness at expected source counts mu (C) of all observations; Kaastra 2017 for the expectation of C-stat. With the number `free` of fitted
 * parameters there is `expectedCorrected`, too: C at the true parameters less C at the best fit is chi-square of p degrees of freedom (Wilks 1938,
 * Ann. Math. Stat. 9, 60), where the spectrum determines the parameters well and inside their limits. In bins of less than about one count the
 * expectation at the fitted mu is itself lower than at the true one, C_e being concave there, so that less than p is right: 0.2 to 0.4 for a
 * constant of 0.3 counts a bin. The standard deviation is left as it is.
 */
export function goodness(
  observations: readonly Observation[],
  name: StatisticName,
  mu: Float64Array,
  free?: number,
): Goodness {
  let atMedian = 0;
  let at = 0;
  let known = true;
  for (const observation of observations) {
    const bound = statistic(name, observation);
    atMedian += bound.value(mu.subarray(at, at + observation.counts.length));
    known &&= bound.name === "cstat";
    at += observation.counts.length;
  }
  if (!known) return { atMedian, bins: at };
  const moments = expectedCstat(mu);
  return {
    atMedian,
    expected: moments.expected,
    expectedSd: Math.sqrt(moments.variance),
    deviation: deviation(atMedian, moments),
    ...(free !== undefined && { expectedCorrected: moments.expected - free }),
    bins: at,
  };
}
