import { stream } from "../math/random.ts";
import type { FitParameter, FitProblem } from "./fit-problem.ts";

/** Problems whose answers are known, for the tests of the classical search. */

export const parameter = (value: number, changes: Partial<FitParameter> = {}): FitParameter => ({
  value,
  delta: 0.01,
  lower: -Infinity,
  upper: Infinity,
  frozen: false,
  ...changes,
});

/** S = sum r_c(x)^2 with the derivatives of the residuals by central differences of 1e-5. */
export function leastSquaresProblem(
  residuals: (x: Float64Array) => Float64Array,
  parameters: readonly FitParameter[],
): FitProblem {
  return {
    parameters,
    statistic: (x) => residuals(x).reduce((sum, r) => sum + r * r, 0),
    shape(x, free) {
      const r = residuals(x);
      const columns = free.map((i) => {
        const low = residuals(x.with(i, x[i] - 1e-5));
        return residuals(x.with(i, x[i] + 1e-5)).map((high, c) => (high - low[c]) / 2e-5);
      });
      const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, v, c) => sum + v * b[c], 0);
      return {
        beta: Float64Array.from(columns, (column) => -dot(column, r)),
        alpha: Float64Array.from(columns.flatMap((a) => columns.map((b) => dot(a, b)))),
      };
    },
  };
}

/** A straight line y = a + b t of 20 points with errors 0.5: S = sum ((y - a - b t)/0.5)^2, and its normal matrix. */
export function lineProblem(parameters: readonly FitParameter[]) {
  const rng = stream(7, "line");
  const t = Array.from({ length: 20 }, (_, c) => 1 + c / 10);
  const y = t.map((at) => 2 + 3 * at + 0.5 * rng.normal());
  const residuals = (x: Float64Array) => Float64Array.from(t, (at, c) => (y[c] - x[0] - x[1] * at) / 0.5);
  const moment = (power: number) => t.reduce((sum, at) => sum + at ** power, 0) / 0.25;
  const sum = (power: number) => t.reduce((total, at, c) => total + y[c] * at ** power, 0) / 0.25;
  const [m0, m1, m2] = [moment(0), moment(1), moment(2)];
  const det = m0 * m2 - m1 * m1;
  return {
    problem: leastSquaresProblem(residuals, parameters),
    best: [(m2 * sum(0) - m1 * sum(1)) / det, (m0 * sum(1) - m1 * sum(0)) / det],
    covariance: [m2 / det, -m1 / det, -m1 / det, m0 / det],
    /** Best intercept for a given slope. */
    interceptFor: (slope: number) => (sum(0) - slope * m1) / m0,
    slopeFor: (intercept: number) => (sum(1) - intercept * m1) / m2,
  };
}
