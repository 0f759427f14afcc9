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
  readonly bins: number;
}

/** Goodness at expected source counts mu (C) of all observations; Kaastra 2017 for the expectation of C-stat. */
export function goodness(
  observations: readonly Observation[],
  name: StatisticName,
  mu: Float64Array,
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
    bins: at,
  };
}
