import { plainVectorMath, type VectorMath } from "../math/vector.ts";
import { findParameter } from "../model/find-parameter.ts";
import type { ModelExpression } from "../model/types.ts";
import { fold } from "../observe/folding.ts";
import { statistic } from "../observe/statistic.ts";
import type { Observation, StatisticName } from "../observe/types.ts";
import type { FitParameter, FitProblem, LocalShape } from "../search/fit-problem.ts";

/** What a classical fit starts from. */
export interface ClassicalInput {
  readonly expression: ModelExpression;
  readonly abund: string;
  readonly xsect: string;
  readonly vector?: VectorMath;
  readonly statistic: StatisticName;
  readonly observations: readonly Observation[];
  /** By path, such as `powerlaw.norm`; what is not given is XSPEC's default. */
  readonly parameters?: Readonly<Record<string, Partial<Omit<FitParameter, "norm">>>>;
}

/** XSPEC's `fit deltas proportional`: derivatives from steps of 1 % of the value. */
const PROPORTIONAL_STEP = 0.01;

/**
 * A fit of a model to spectra for the classical search: the sum of the observations' statistics as a function of all
 * parameters of the expression (P), with
 *
 *   beta_j = -1/2 sum_c S'(mu_c) dmu_c/dx_j,   alpha_jk = 1/2 sum_c S''(mu_c) dmu_c/dx_j dmu_c/dx_k
 *
 * and dmu/dx_j the folded central difference of the photon spectra at x_j +- 0.01 |x_j| (the parameter's delta where x_j
 * is 0; one-sided at a hard limit). For chi these are sum (d - m)/v dm and sum dm dm/v. All norms have a common best
 * factor for chi, sum d m/v / sum m^2/v, and for cstat without background, sum s / sum mu.
 */
export function classicalProblem(input: ClassicalInput): FitProblem {
  const { expression } = input;
  const parameters = fitParameters(input);
  const parts = input.observations.map((observation) => makePart(observation, input));
  const norms = parameters.flatMap(({ norm }, i) => (norm === i ? [i] : []));
  const shape = (x: Float64Array, free: readonly number[]) => addShapes(parts, parameters, x, free);
  const problem: FitProblem = {
    parameters,
    statistic: (x) => parts.reduce((sum, part) => sum + part.value(x), 0),
    shape,
  };
  const analytic = parts.every(({ factor }) => factor !== undefined);
  const allFree = norms.length > 0 && norms.every((i) => !parameters[i].frozen);
  if (!analytic || !allFree || expression.kind !== "additive") return problem;
  return { ...problem, renormalise: (x) => renormalised(x, norms, parameters, parts) };
}

function fitParameters({ expression, parameters: given = {} }: ClassicalInput): FitParameter[] {
  const changes = new Map(
    Object.entries(given).map(([path, change]) => [findParameter(expression, path), change]),
  );
  return expression.parameters.map(({ default: value, delta, min, max, component }, i) => {
    const norm = expression.parameters.findIndex((p) => p.component === component && p.name === "norm");
    const own = { value, delta: Math.abs(delta), lower: min, upper: max, frozen: delta < 0 };
    return { ...own, ...changes.get(i), ...(norm >= 0 && { norm }) };
  });
}

/** One observation with its model. */
interface Part {
  value(x: Float64Array): number;
  /** S' and S'' (C) at x. */
  slopes(x: Float64Array): { readonly first: Float64Array; readonly second: Float64Array };
  /** (mu(a) - mu(b)) (C), the difference taken before folding. */
  difference(a: Float64Array, b: Float64Array): Float64Array;
  /** Numerator and denominator of the best common factor of all norms; absent where there is none in closed form. */
  readonly factor?: (x: Float64Array) => readonly [number, number];
}

function makePart(
  observation: Observation,
  { expression, abund, xsect, vector, statistic: name }: ClassicalInput,
): Part {
  const { folding, scale, counts } = observation;
  const evaluate = expression.prepare(folding.edges, { abund, xsect, vector: vector ?? plainVectorMath });
  const chosen = statistic(name, observation);
  const photons = (x: Float64Array) => {
    const out = new Float64Array(folding.edges.length - 1);
    evaluate(out, x);
    return out;
  };
  const expected = (spectrum: Float64Array) => {
    const mu = new Float64Array(counts.length);
    fold(mu, folding, spectrum);
    return mu.map((rate, c) => rate * scale[c]);
  };
  const slopes = (x: Float64Array) => {
    const mu = expected(photons(x));
    const first = new Float64Array(mu.length);
    const second = new Float64Array(mu.length);
    chosen.slope(first, mu);
    chosen.curvature(second, mu);
    return { mu, first, second };
  };
  const factors: Partial<Record<StatisticName, (x: Float64Array) => readonly [number, number]>> = {
    // The parabola S along mu -> f mu has its minimum at f = 1 - sum S' mu / sum S'' mu^2 = sum d mu/v / sum mu^2/v.
    chi: (x) => {
      const { mu, first, second } = slopes(x);
      const square = sum(mu, (m, c) => second[c] * m * m);
      return [square - sum(mu, (m, c) => first[c] * m), square];
    },
    cstat: (x) => [sum(counts, (n) => n), sum(expected(photons(x)), (m) => m)],
  };
  const factor = factors[chosen.name];
  return {
    value: (x) => chosen.value(expected(photons(x))),
    slopes,
    difference: (a, b) => {
      const low = photons(b);
      return expected(photons(a).map((value, e) => value - low[e]));
    },
    ...(factor && { factor }),
  };
}

function sum(values: Float64Array, term: (value: number, c: number) => number): number {
  return values.reduce((total, value, c) => total + term(value, c), 0);
}

function addShapes(
  parts: readonly Part[],
  parameters: readonly FitParameter[],
  x: Float64Array,
  free: readonly number[],
): LocalShape {
  const n = free.length;
  const beta = new Float64Array(n);
  const alpha = new Float64Array(n * n);
  for (const part of parts) {
    const { first, second } = part.slopes(x);
    const columns = free.map((i) => derivative(part, parameters[i], x, i));
    for (let j = 0; j < n; j++) {
      beta[j] -= 0.5 * sum(columns[j], (d, c) => first[c] * d);
      for (let k = 0; k < n; k++)
        alpha[j * n + k] += 0.5 * sum(columns[j], (d, c) => second[c] * d * columns[k][c]);
    }
  }
  return { beta, alpha };
}

/** d mu / d x_i (C). */
function derivative(part: Part, { delta, lower, upper }: FitParameter, x: Float64Array, i: number) {
  const step = x[i] === 0 ? delta : PROPORTIONAL_STEP * Math.abs(x[i]);
  const high = x.with(i, Math.min(upper, x[i] + step));
  const low = x.with(i, Math.max(lower, x[i] - step));
  const width = high[i] - low[i];
  return part.difference(high, low).map((change) => change / width);
}

function renormalised(
  x: Float64Array,
  norms: readonly number[],
  parameters: readonly FitParameter[],
  parts: readonly Part[],
): Float64Array {
  let above = 0;
  let below = 0;
  for (const { factor } of parts) {
    const [a, b] = factor!(x);
    above += a;
    below += b;
  }
  const best = above / below;
  if (!(best > 0 && best < Infinity)) return x;
  const scaled = x.slice();
  for (const i of norms) {
    const { lower, upper } = parameters[i];
    scaled[i] = Math.min(upper, Math.max(lower, best * x[i]));
  }
  return scaled;
}
