import { InputError } from "../errors.ts";
import { parseExpression } from "../model/expression.ts";
import { groupParameter } from "../model/links.ts";
import type { Confidence } from "../search/confidence.ts";
import type { ClassicalFit } from "../search/levenberg-marquardt.ts";
import type { ErrorRange, ErrorResult } from "./error-types.ts";
import { runMle } from "./mle.ts";
import { bestFitResult } from "./mle-result.ts";
import { type FitIo, type Session, withSession } from "./session.ts";
import type { Control, FitConfig } from "./types.ts";

export interface ErrorOptions {
  /** Free parameters by name, or by their number in the model as XSPEC counts; absent: all. */
  readonly parameters?: readonly string[];
  /** Rise of the statistic: 2.706, 90 % of one parameter, as XSPEC. */
  readonly delta?: number;
  /** Reduced chi-square above which ranges are refused: 2, as XSPEC. */
  readonly maximum?: number;
  /** How far from `delta` the rise at an end may be, and trials a side: 0.01 and 20, as XSPEC. */
  readonly tolerance?: number;
  readonly trials?: number;
}

/**
 * Confidence ranges as XSPEC's `error` finds them, after a fit as `runBestFit` makes it. Where a search meets a lower minimum, the
 * model is fitted there and all ranges are found anew. Errors: as `runFit`; InputError for a parameter that is not free, and where
 * chi-square is too bad.
 */
export async function runError(
  config: FitConfig,
  io: FitIo,
  options: ErrorOptions = {},
  control: Control = {},
): Promise<ErrorResult> {
  return withSession({ ...config, workers: 1 }, io, control, async (session) => {
    const indices = chosen(session, options.parameters);
    const run = await runMle(session.pool, session, control);
    const { fit, ranges, restarts } = await allRanges(session, run.fit, indices, options);
    const { parameters, statistic, warnings, ...rest } = await bestFitResult(session, { ...run, fit });
    return {
      ...pick(rest),
      delta: options.delta ?? 2.706,
      parameters: ranges.map((range, k) => describeRange(parameters[indices[k]], range, restarts > 0)),
      statistic,
      newMinima: restarts,
      warnings: [
        ...warnings,
        ...(restarts === 0
          ? []
          : [
              `a search met a lower minimum: ${statistic.name} fell from ${run.fit.statistic.toFixed(3)} to ${fit.statistic.toFixed(3)}; the ranges belong to the new one`,
            ]),
      ],
    };
  });
}

function pick({
  xnpe,
  model,
  seed,
  spectra,
}: Pick<ErrorResult, "xnpe" | "model" | "seed" | "spectra">): Pick<
  ErrorResult,
  "xnpe" | "model" | "seed" | "spectra"
> {
  return { xnpe, model, seed, spectra };
}

/** Indices among the free parameters of those that are asked for, in the order of the model. */
function chosen({ problem, prior }: Session, names: readonly string[] | undefined): number[] {
  if (names === undefined || names.length === 0) return prior.names.map((_, d) => d);
  const expression = parseExpression(problem.model);
  const indices = names.map((name) => {
    const number = /^\d+$/.test(name) ? Number(name) : undefined;
    const path =
      number === undefined ? groupParameter(expression, name).path : expression.parameters[number - 1]?.path;
    if (path === undefined)
      throw new InputError(`the model has parameters 1 to ${expression.parameters.length}, not ${name}`);
    const d = prior.names.indexOf(path);
    if (d >= 0) return d;
    throw new InputError(
      `${path} is not free and has no confidence range; free are ${prior.names.join(", ")}`,
    );
  });
  return [...new Set(indices)].sort((a, b) => a - b);
}

/** Ranges of all parameters from one and the same minimum: every new one starts them anew. */
async function allRanges(
  { pool, observations, problem, control }: Session,
  first: ClassicalFit,
  indices: readonly number[],
  { parameters: _, ...options }: ErrorOptions,
): Promise<{ fit: ClassicalFit; ranges: readonly Confidence[]; restarts: number }> {
  const bins = observations.reduce((sum, { counts }) => sum + counts.length, 0);
  const chi = problem.statistic === "chi" && { degreesOfFreedom: bins - first.x.length };
  let fit = first;
  for (let restarts = 0; restarts < 20; restarts++) {
    const ranges: Confidence[] = [];
    for (const index of indices) {
      control.onProgress?.({ stage: "error", done: ranges.length, total: indices.length });
      const range = await pool.run(0, { kind: "confidence", fit, index, options: { ...options, ...chi } });
      if (range.fit.statistic < fit.statistic) {
        fit = range.fit;
        break;
      }
      ranges.push(range);
    }
    if (ranges.length === indices.length) return { fit, ranges, restarts };
  }
  throw new Error("internal: the minimum fell 20 times during the search for confidence ranges");
}

function describeRange(
  { name, unit, best, error }: Pick<ErrorRange, "name" | "unit" | "best" | "error">,
  { lower, upper }: Confidence,
  newMinimum: boolean,
): ErrorRange {
  const letters = [
    newMinimum,
    !lower.monotonic || !upper.monotonic,
    false,
    lower.status === "limit",
    upper.status === "limit",
    false,
    lower.status === "trials",
    upper.status === "trials",
    false,
  ];
  return {
    name,
    unit,
    best,
    ...(error !== undefined && { error }),
    lower: lower.value,
    upper: upper.value,
    lowerStatus: lower.status,
    upperStatus: upper.status,
    flags: letters.map((set) => (set ? "T" : "F")).join(""),
  };
}
