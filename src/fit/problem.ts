import { InputError } from "../errors.ts";
import { findParameter } from "../model/find-parameter.ts";
import type { ParameterLinks } from "../model/links.ts";
import type { ModelGrid } from "../model/registry.ts";
import type { ModelExpression } from "../model/types.ts";
import type { Observation, StatisticName } from "../observe/types.ts";
import { jointPrior } from "../prior/joint.ts";
import { parsePrior } from "../prior/parse.ts";
import type { JointPrior } from "../prior/types.ts";

/** Everything that simulating and the likelihood depend on: plain data that crosses to workers. */
export interface ProblemSpec {
  readonly model: string;
  readonly abund: string;
  readonly xsect: string;
  readonly statistic: StatisticName;
  readonly observations: readonly Observation[];
  /** Free parameters in the order of theta. */
  readonly free: readonly { readonly path: string; readonly prior: string }[];
  /** Values of all parameters of the expression (P); those of free ones are placeholders. */
  readonly values: readonly number[];
  /** Ties, and what later data groups have of their own. */
  readonly links?: ParameterLinks;
  /** Classical fits add -2 ln prior to the statistic: XSPEC's `bayes on`. */
  readonly bayes?: boolean;
  /** Tables that the model uses. */
  readonly tables?: readonly ModelGrid[];
}

/** The joint prior of the free parameters, each truncated to its hard limits. */
export function problemPrior(expression: ModelExpression, free: ProblemSpec["free"]): JointPrior {
  return jointPrior(
    free.map(({ path, prior }) => {
      const { min, max } = expression.parameters[findParameter(expression, path)];
      return { name: path, prior: parsePrior(prior, { min, max, where: { key: path } }) };
    }),
  );
}

/** The model that an observation is compared with: the source's, or that of the background where it is a background spectrum. */
export function modelOf(expression: ModelExpression, isBackground = false): Pick<ModelExpression, "prepare"> {
  if (!isBackground) return expression;
  if (expression.background === undefined)
    throw new Error(`internal: ${expression.text} has no background model`);
  return expression.background;
}

/** Bins of all observations together. */
export function binCount(observations: readonly Observation[]): number {
  return observations.reduce((sum, { counts }) => sum + counts.length, 0);
}

/** Counts of all observations, one after the other (C). */
export function observedCounts(observations: readonly Observation[]): Float64Array {
  const out = new Float64Array(binCount(observations));
  let at = 0;
  for (const { counts } of observations) {
    out.set(counts, at);
    at += counts.length;
  }
  return out;
}

/** Refuses what no prior can repair: no free parameter. */
export function checkFree(free: ProblemSpec["free"]): void {
  if (free.length > 0) return;
  throw new InputError(
    'no parameter has a prior, so there is nothing to infer; give at least one, for example --prior "powerlaw.norm=loguniform(0.01,100)"',
  );
}
