import { InputError } from "../errors.ts";
import { parseExpression } from "../model/expression.ts";
import { groupParameter } from "../model/links.ts";
import type { JointPrior } from "../prior/types.ts";
import type { ClassicalFit } from "../search/levenberg-marquardt.ts";
import type { StepAxis, StepGrid } from "../search/step-par.ts";
import { priorPenalty } from "./classical-prior.ts";
import { runMle } from "./mle.ts";
import { type FitIo, type Session, withSession } from "./session.ts";
import type { Control, FitConfig } from "./types.ts";

/** A parameter that is stepped. */
export interface SteppedParameter {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly steps: number;
  readonly logarithmic?: boolean;
}

export interface StepParResult {
  readonly model: string;
  readonly statisticName: string;
  /** One record an axis, with its grid. */
  readonly axes: readonly {
    readonly name: string;
    readonly unit: string;
    readonly values: readonly number[];
  }[];
  /** Statistic at each point of the grid, the others fitted; the last axis fastest. */
  readonly statistic: readonly number[];
  /** Names and, at each point, values of all free parameters. */
  readonly free: readonly string[];
  readonly points: readonly (readonly number[])[];
  /** bayes: the part of `statistic` that is -2 ln prior, at each point. */
  readonly penalty?: readonly number[];
  /** The best fit from which the steps began, or the lowest point where it is lower. */
  readonly best: number;
  /** Values of all free parameters there. */
  readonly bestPoint: readonly number[];
  readonly warnings: readonly string[];
}

/**
 * XSPEC's `steppar`: the statistic on a grid of one or two free parameters, minimised over the others at every point, from the best fit.
 * InputError for a parameter that is not free, a grid outside its prior's support, or more than two axes.
 */
export async function runStepPar(
  config: FitConfig,
  io: FitIo,
  stepped: readonly SteppedParameter[],
  control: Control = {},
): Promise<StepParResult> {
  if (stepped.length < 1 || stepped.length > 2)
    throw new InputError(`expected one or two parameters to step, found ${stepped.length}`, {
      key: "--step",
    });
  return withSession({ ...config, workers: 1 }, io, control, async (session) => {
    const { pool, prior, problem } = session;
    const axes = stepped.map((one) => axisOf(one, session));
    if (axes.length === 2 && axes[0].index === axes[1].index)
      throw new InputError(`${stepped[0].name} is stepped twice; name two parameters`, { key: "--step" });
    const { fit } = await runMle(pool, session, control);
    const total = axes.reduce((product, { steps }) => product * (steps + 1), 1);
    control.onProgress?.({ stage: "error", done: 0, total });
    const grid = await pool.run(0, { kind: "stepPar", start: fit.x, axes });
    control.onProgress?.({ stage: "error", done: total, total });
    return describeGrid(grid, axes, fit, {
      model: problem.model,
      statisticName: problem.statistic,
      free: prior.names,
      ...(problem.bayes === true && { penalty: penalties(grid.x, prior) }),
    });
  });
}

/** -2 ln prior at rows of parameters (n, D). */
function penalties(x: Float64Array, prior: JointPrior): number[] {
  const D = prior.priors.length;
  return Array.from({ length: x.length / D }, (_, k) => priorPenalty(prior, x.subarray(k * D, (k + 1) * D)));
}

function axisOf(
  { name, from, to, steps, logarithmic = false }: SteppedParameter,
  { prior, problem }: Session,
): StepAxis {
  const { path } = groupParameter(parseExpression(problem.model), name);
  const index = prior.names.indexOf(path);
  if (index < 0)
    throw new InputError(`${path} is not free, so it cannot be stepped; free are ${prior.names.join(", ")}`, {
      key: "--step",
    });
  const { lower, upper, text } = prior.priors[index];
  if (!(Math.min(from, to) >= lower && Math.max(from, to) <= upper))
    throw new InputError(`the steps of ${path} from ${from} to ${to} leave its prior ${text}`, {
      key: "--step",
    });
  return { index, from, to, steps, logarithmic };
}

function describeGrid(
  { values, statistic, x, lowest }: StepGrid,
  axes: readonly StepAxis[],
  { statistic: fitted, x: best }: ClassicalFit,
  about: Pick<StepParResult, "model" | "statisticName" | "free" | "penalty">,
): StepParResult {
  const expression = parseExpression(about.model);
  const D = about.free.length;
  const deeper = statistic[lowest] < fitted - 0.01;
  return {
    ...about,
    axes: axes.map(({ index }, a) => {
      const name = about.free[index];
      const { unit } = expression.parameters[groupParameter(expression, name).index];
      return { name, unit, values: Array.from(values[a]) };
    }),
    statistic: Array.from(statistic),
    points: Array.from(statistic, (_, k) => Array.from(x.subarray(k * D, (k + 1) * D))),
    best: Math.min(fitted, statistic[lowest]),
    bestPoint: Array.from(fitted <= statistic[lowest] ? best : x.subarray(lowest * D, (lowest + 1) * D)),
    warnings: deeper
      ? [
          `the steps found a lower minimum, ${statistic[lowest].toFixed(3)} where the fit had ${fitted.toFixed(3)}; fit again from there`,
        ]
      : [],
  };
}
