import type { Statistic } from "../observe/statistic.ts";
import type { FitParameter, FitProblem, LocalShape } from "../search/fit-problem.ts";

/** One observation's share of the expected counts. */
export interface ClassicalPart {
  readonly statistic: Statistic;
  /** Observed counts (C of this observation). */
  readonly counts: Float64Array;
}

/** A folded model with what it is compared with. */
export interface ClassicalModel {
  readonly parameters: readonly FitParameter[];
  /** Expected source counts (n, C) of rows of parameters (n, P), the observations one after the other. */
  expected(rows: Float64Array): Float64Array;
  readonly parts: readonly ClassicalPart[];
  /** Parameters to which the whole spectrum is proportional when they change together; empty where there are none. */
  readonly norms: readonly number[];
}

/** XSPEC's `fit deltas proportional`: derivatives from steps of 1 % of the value. */
const PROPORTIONAL_STEP = 0.01;

/**
 * The classical fit of a model: the sum of the observations' statistics as a function of the parameters x (P), with
 *
 *   beta_j = -1/2 sum_c S'(mu_c) dmu_c/dx_j,   alpha_jk = 1/2 sum_c S''(mu_c) dmu_c/dx_j dmu_c/dx_k
 *
 * and dmu/dx_j the central difference of the expected counts at x_j +- 0.01 |x_j| (the parameter's delta where x_j is 0;
 * one-sided at a limit). For chi these are sum (d - m)/v dm and sum dm dm/v. All norms have a common best factor for chi,
 * sum d m/v / sum m^2/v, and for cstat without background, sum s / sum mu.
 */
export function fitProblemOf(model: ClassicalModel): FitProblem {
  const { parameters, parts, norms } = model;
  const problem: FitProblem = {
    parameters,
    statistic: (x) => total(parts, model.expected(x)),
    shape: (x, free) => localShape(model, x, free),
  };
  const analytic = parts.every(({ statistic: { name } }) => name === "chi" || name === "cstat");
  if (!analytic || norms.length === 0) return problem;
  return { ...problem, renormalise: (x) => renormalised(model, x) };
}

/** Calls `each` with every observation and its bins from .. to-1 of the whole. */
function forParts(
  parts: readonly ClassicalPart[],
  each: (part: ClassicalPart, from: number, to: number) => void,
): void {
  let at = 0;
  for (const part of parts) {
    each(part, at, at + part.counts.length);
    at += part.counts.length;
  }
}

function total(parts: readonly ClassicalPart[], mu: Float64Array): number {
  let sum = 0;
  forParts(parts, ({ statistic }, from, to) => {
    sum += statistic.value(mu.subarray(from, to));
  });
  return sum;
}

/** S' and S'' (C) at mu (C). */
function slopes(parts: readonly ClassicalPart[], mu: Float64Array) {
  const first = new Float64Array(mu.length);
  const second = new Float64Array(mu.length);
  forParts(parts, ({ statistic }, from, to) => {
    const own = mu.subarray(from, to);
    statistic.slope(first.subarray(from, to), own);
    statistic.curvature(second.subarray(from, to), own);
  });
  return { first, second };
}

function localShape(model: ClassicalModel, x: Float64Array, free: readonly number[]): LocalShape {
  const { parameters, parts, expected } = model;
  const n = free.length;
  const P = x.length;
  const rows = new Float64Array((1 + 2 * n) * P);
  rows.set(x);
  const width = new Float64Array(n);
  free.forEach((i, k) => {
    const [high, low] = neighbours(x[i], parameters[i]);
    rows.set(x.with(i, high), (1 + 2 * k) * P);
    rows.set(x.with(i, low), (2 + 2 * k) * P);
    width[k] = high - low;
  });
  const mu = expected(rows);
  const C = mu.length / (1 + 2 * n);
  const { first, second } = slopes(parts, mu.subarray(0, C));
  const columns = free.map((_, k) =>
    Float64Array.from(
      { length: C },
      (_, c) => (mu[(1 + 2 * k) * C + c] - mu[(2 + 2 * k) * C + c]) / width[k],
    ),
  );
  const beta = new Float64Array(n);
  const alpha = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    for (let c = 0; c < C; c++) beta[j] -= 0.5 * first[c] * columns[j][c];
    for (let k = 0; k <= j; k++) {
      let sum = 0;
      for (let c = 0; c < C; c++) sum += second[c] * columns[j][c] * columns[k][c];
      alpha[j * n + k] = 0.5 * sum;
      alpha[k * n + j] = 0.5 * sum;
    }
  }
  return { beta, alpha };
}

/** The two values between which a derivative is taken. */
function neighbours(x: number, { delta, lower, upper }: FitParameter): readonly [number, number] {
  const step = x === 0 ? delta : PROPORTIONAL_STEP * Math.abs(x);
  return [Math.min(upper, x + step), Math.max(lower, x - step)];
}

/** x with all norms multiplied by their best factor, inside their limits. */
function renormalised({ parameters, parts, norms, expected }: ClassicalModel, x: Float64Array): Float64Array {
  const mu = expected(x);
  const { first, second } = slopes(parts, mu);
  let above = 0;
  let below = 0;
  forParts(parts, ({ statistic, counts }, from, to) => {
    for (let c = from; c < to; c++) {
      if (statistic.name === "cstat") {
        above += counts[c - from];
        below += mu[c];
        continue;
      }
      // The parabola S along mu -> f mu has its minimum at f = 1 - sum S' mu / sum S'' mu^2 = sum d mu/v / sum mu^2/v.
      above += (second[c] * mu[c] - first[c]) * mu[c];
      below += second[c] * mu[c] * mu[c];
    }
  });
  const best = above / below;
  if (!(best > 0 && best < Infinity)) return x;
  const scaled = x.slice();
  for (const i of norms) {
    const { lower, upper } = parameters[i];
    scaled[i] = Math.min(upper, Math.max(lower, best * x[i]));
  }
  return scaled;
}
