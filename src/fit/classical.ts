import { plainVectorMath, type VectorMath } from "../math/vector.ts";
import { findParameter } from "../model/find-parameter.ts";
import type { ModelExpression } from "../model/types.ts";
import { fold } from "../observe/folding.ts";
import { statistic } from "../observe/statistic.ts";
import type { Observation, StatisticName } from "../observe/types.ts";
import type { FitParameter, FitProblem } from "../search/fit-problem.ts";
import { fitProblemOf } from "./classical-problem.ts";

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

/**
 * A fit of a model to spectra for the classical search, without the kernels: of all parameters of the expression (P), with XSPEC's
 * values, limits and steps. See `fitProblemOf`. `simulatorProblem` is the same on the kernels, of the free parameters alone.
 */
export function classicalProblem(input: ClassicalInput): FitProblem {
  const { expression, statistic: name, observations } = input;
  const parameters = fitParameters(input);
  const models = observations.map((observation) => foldedModel(observation, input));
  const bins = observations.reduce((sum, { counts }) => sum + counts.length, 0);
  const norms = parameters.flatMap(({ norm }, i) => (norm === i ? [i] : []));
  const proportional = expression.kind === "additive" && norms.every((i) => !parameters[i].frozen);
  return fitProblemOf({
    parameters,
    parts: observations.map((observation) => ({
      statistic: statistic(name, observation),
      counts: observation.counts,
    })),
    norms: proportional ? norms : [],
    expected(rows) {
      const P = parameters.length;
      const out = new Float64Array((rows.length / P) * bins);
      let at = 0;
      for (let from = 0; from < rows.length; from += P)
        for (const model of models) at += model(out.subarray(at), rows.subarray(from, from + P));
      return out;
    },
  });
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

/** Writes expected counts to the beginning of `out` and returns their number. */
function foldedModel(
  { folding, scale }: Observation,
  { expression, abund, xsect, vector }: ClassicalInput,
): (out: Float64Array, x: Float64Array) => number {
  const evaluate = expression.prepare(folding.edges, { abund, xsect, vector: vector ?? plainVectorMath });
  const photons = new Float64Array(folding.edges.length - 1);
  return (out, x) => {
    evaluate(photons, x);
    const mu = out.subarray(0, scale.length);
    fold(mu, folding, photons);
    for (let c = 0; c < mu.length; c++) mu[c] *= scale[c];
    return mu.length;
  };
}
