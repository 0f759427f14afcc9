import { gammaQ } from "../math/incomplete-gamma.ts";
import { parseExpression } from "../model/expression.ts";
import { findParameter } from "../model/find-parameter.ts";
import { statistic } from "../observe/statistic.ts";
import type { ClassicalFit } from "../search/levenberg-marquardt.ts";
import { priorPenalty } from "./classical-prior.ts";
import { goodness } from "./goodness.ts";
import type { MleRun } from "./mle.ts";
import type { BestFitParameter, BestFitResult } from "./mle-types.ts";
import { problemHash } from "./problem-hash.ts";
import { describeSpectra, type Session, settingsWarnings } from "./session.ts";
import { VERSION } from "./version.ts";

/** The result of a best fit. */
export async function bestFitResult(session: Session, run: MleRun): Promise<BestFitResult> {
  const { config, observations, problem, prior, build } = session;
  const { fit, starts, minima } = run;
  const parameters = prior.names.map((_, d) => describeParameter(session, fit, d));
  const quality = await fitQuality(session, fit);
  const inMinima = minima.reduce((sum, { fits }) => sum + fits.length, 0);
  return {
    xnpe: VERSION,
    method: "mle",
    seed: config.seed,
    model: problem.model,
    spectra: describeSpectra(observations),
    parameters,
    statistic: quality,
    ...matrices(fit),
    fit: {
      converged: fit.converged,
      log: fit.iterations.map(({ statistic: value, gradient, lambda, x }) => ({
        statistic: value,
        gradient,
        level: Math.round(Math.log10(lambda)),
        values: Array.from(x),
      })),
      starts,
      minima: minima.map(({ theta, statistic: value, fits }, m) => ({
        statistic: m === 0 ? fit.statistic : value,
        starts: fits.length,
        values: Array.from(m === 0 ? fit.x : theta),
      })),
      lost: starts - inMinima,
    },
    responseHash: await problemHash(observations),
    kernels: build,
    timings: {},
    warnings: [
      ...settingsWarnings(session),
      ...adviseQuality(quality),
      ...run.warnings,
      ...adviseFit(fit, parameters),
    ],
  };
}

function describeParameter(
  { problem, prior }: Session,
  { x, covariance, pegged }: ClassicalFit,
  d: number,
): BestFitParameter {
  const expression = parseExpression(problem.model);
  const { unit } = expression.parameters[findParameter(expression, prior.names[d])];
  const { text, lower, upper } = prior.priors[d];
  const error = Math.sqrt(covariance[d * (x.length + 1)]);
  const atLimit = !pegged.includes(d) ? undefined : x[d] - lower < upper - x[d] ? "lower" : "upper";
  return {
    name: prior.names[d],
    unit,
    prior: text,
    best: x[d],
    ...(error > 0 && atLimit === undefined && { error }),
    ...(atLimit && { atLimit }),
  };
}

async function fitQuality(
  { observations, problem, prior, pool }: Session,
  { x, statistic: minimised }: ClassicalFit,
): Promise<BestFitResult["statistic"]> {
  const penalty = problem.bayes === true ? priorPenalty(prior, x) : undefined;
  const best = minimised - (penalty ?? 0);
  const mu = await pool.run(0, { kind: "mu", theta: x });
  const { atMedian: _, ...expectation } = goodness(observations, problem.statistic, mu, x.length);
  const { name } = statistic(problem.statistic, observations[0]);
  const degreesOfFreedom = expectation.bins - x.length;
  const common = { name, best, ...(penalty !== undefined && { penalty }), ...expectation, degreesOfFreedom };
  if (name !== "chi" || degreesOfFreedom < 1) return common;
  return {
    ...common,
    reduced: best / degreesOfFreedom,
    nullProbability: gammaQ(degreesOfFreedom / 2, best / 2),
  };
}

/** Covariance and correlation (D, D). */
function matrices({ x, covariance }: ClassicalFit): Pick<BestFitResult, "covariance" | "correlation"> {
  const D = x.length;
  const rows = (entry: (i: number, j: number) => number) =>
    Array.from({ length: D }, (_, i) => Array.from({ length: D }, (_, j) => entry(i, j)));
  const at = (i: number, j: number) => covariance[i * D + j];
  return {
    covariance: rows(at),
    correlation: rows((i, j) => {
      const scale = Math.sqrt(at(i, i) * at(j, j));
      return i === j ? 1 : scale > 0 ? at(i, j) / scale : 0;
    }),
  };
}

/** A model that is further off than this, in standard deviations of the statistic or as reduced chi-square, is wrong. */
const MISFIT = { deviation: 5, reduced: 2 };

/** Whether the model describes the spectrum at all. */
function adviseQuality({ name, best, expected, deviation, reduced }: BestFitResult["statistic"]): string[] {
  if (deviation !== undefined && expected !== undefined && deviation > MISFIT.deviation) {
    return [
      `the model does not describe the spectrum: ${name} is ${best.toFixed(1)}, expected ${expected.toFixed(1)}; do not read the errors before model and data have been checked`,
    ];
  }
  if (reduced === undefined || reduced < MISFIT.reduced) return [];
  return [
    `the model does not describe the spectrum: reduced chi-square is ${reduced.toPrecision(3)}; do not read the errors before model and data have been checked`,
  ];
}

/** What the user should know about the fit itself. */
function adviseFit({ converged }: ClassicalFit, parameters: readonly BestFitParameter[]): string[] {
  const onLimit = parameters.filter(({ atLimit }) => atLimit !== undefined);
  return [
    ...(converged
      ? []
      : ["the fit did not converge; try more --starts, or other ones with --start and --prior"]),
    ...onLimit.map(
      ({ name, atLimit, prior }) =>
        `${name} lies on the ${atLimit} end of its prior ${prior}; it has no error`,
    ),
  ];
}
