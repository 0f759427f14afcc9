import { parseExpression } from "../model/expression.ts";
import { findParameter } from "../model/find-parameter.ts";
import { scalesWithNorms } from "../model/scales-with-norms.ts";
import { statistic } from "../observe/statistic.ts";
import type { FitParameter, FitProblem } from "../search/fit-problem.ts";
import { withPriors } from "./classical-prior.ts";
import { fitProblemOf } from "./classical-problem.ts";
import type { ProblemSpec } from "./problem.ts";
import type { Simulator } from "./simulator.ts";

/**
 * The classical fit of a problem on the simulator's kernels: of the free parameters (D), in the parameter itself also where its prior
 * is logarithmic. Limits are the priors' support, values the priors' medians. `counts` (C) stand in for the observed ones if given
 * (C statistic only). With `bayes` the priors count, too: see `withPriors`.
 */
export function simulatorProblem(
  simulator: Pick<Simulator, "prior" | "mu">,
  spec: ProblemSpec,
  counts?: Float64Array,
): FitProblem {
  const expression = parseExpression(spec.model);
  const free = spec.free.map(({ path }) => findParameter(expression, path));
  const all = expression.parameters;
  const normOf = (p: number) => all.findIndex((q) => q.component === all[p].component && q.name === "norm");
  const norms = all.flatMap((_, p) => (normOf(p) === p ? [p] : []));
  const proportional =
    expression.kind === "additive" &&
    spec.links === undefined &&
    scalesWithNorms(expression) &&
    norms.every((p) => free.includes(p));
  let at = 0;
  const problem = fitProblemOf({
    parameters: simulator.prior.priors.map((prior, d): FitParameter => {
      const norm = free.indexOf(normOf(free[d]));
      const { lower, upper } = prior;
      const value = Math.min(upper, Math.max(lower, prior.quantile(0.5)));
      const delta = Math.abs(all[free[d]].delta);
      return { value, delta, lower, upper, frozen: false, ...(norm >= 0 && { norm }) };
    }),
    parts: spec.observations.map((observation) => {
      const own = counts?.slice(at, at + observation.counts.length) ?? observation.counts;
      at += own.length;
      const bound = statistic(spec.statistic, { ...observation, counts: own });
      if (counts !== undefined && bound.name !== "cstat")
        throw new Error("internal: other counts than the observed ones need the C statistic");
      return { statistic: bound, counts: own };
    }),
    norms: proportional ? norms.map((p) => free.indexOf(p)) : [],
    expected: simulator.mu,
  });
  return spec.bayes === true ? withPriors(problem, simulator.prior) : problem;
}
