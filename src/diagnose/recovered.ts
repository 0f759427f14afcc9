import { type CalibrationCase, requireCases } from "./calibration-case.ts";
import type { Recovered } from "./regression.ts";
import { summarise } from "./summary.ts";

export interface RecoveredOptions {
  /** Which parameters count in log10 (D). Default: none. */
  readonly logarithmic?: readonly boolean[];
  /** Per cent of the central intervals. */
  readonly interval?: 68 | 90;
}

/** True values, medians and central intervals of N posteriors, one record for each of the D parameters. */
export function recoveredParameters(
  cases: readonly CalibrationCase[],
  { logarithmic = [], interval = 68 }: RecoveredOptions = {},
): Recovered[] {
  const d = requireCases(cases);
  return Array.from({ length: d }, (_, j) => {
    const coordinate = (x: number) => (logarithmic[j] ? Math.log10(x) : x);
    const summaries = cases.map(({ draws, weights }) => {
      const column = Float64Array.from({ length: draws.length / d }, (_, i) => draws[i * d + j]);
      return summarise(column, weights);
    });
    return {
      truth: Float64Array.from(cases, ({ truth }) => coordinate(truth[j])),
      median: Float64Array.from(summaries, ({ median }) => coordinate(median)),
      low: Float64Array.from(summaries, (one) => coordinate(one[`interval${interval}`][0])),
      high: Float64Array.from(summaries, (one) => coordinate(one[`interval${interval}`][1])),
    };
  });
}
