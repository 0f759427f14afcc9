import { InputError } from "../errors.ts";
import { parseExpression } from "../model/expression.ts";
import { findParameter } from "../model/find-parameter.ts";
import { statistic } from "../observe/statistic.ts";
import type { Observation } from "../observe/types.ts";
import { adviseWalls } from "./advice.ts";
import { goodness } from "./goodness.ts";
import type { Polished } from "./polish.ts";
import { problemHash } from "./problem-hash.ts";
import { describeSpectra, type Session, settingsWarnings } from "./session.ts";
import { noCounts } from "./simulate.ts";
import { bestIndex, logarithmicDeviations, type ParameterFacts, summarise } from "./summary.ts";
import type { RunResult } from "./types.ts";
import { VERSION } from "./version.ts";

/** The statistic's minimum inside the priors' support: the best draw, polished. */
export async function bestFit(
  { pool, prior }: Session,
  theta: Float64Array,
  logLike: Float64Array,
  weight: Float64Array,
): Promise<Polished> {
  const D = prior.priors.length;
  const at = bestIndex(logLike);
  const sd = logarithmicDeviations(theta, prior, weight);
  return pool.run(0, { kind: "polish", start: theta.slice(at * D, (at + 1) * D), sd });
}

type Common = Omit<RunResult, "evidence" | "timings" | "warnings">;

/** What results of all posteriors share. */
export async function commonResult(
  session: Session,
  best: Polished,
  draws: { theta: Float64Array; weight: Float64Array },
  unrefined?: Float64Array,
): Promise<Common> {
  const { config, observations, problem, prior, pool, build } = session;
  const expression = parseExpression(problem.model);
  const facts = prior.priors.map((one, d): ParameterFacts => {
    const { unit } = expression.parameters[findParameter(expression, prior.names[d])];
    return { name: prior.names[d], unit, prior: one, best: best.theta[d] };
  });
  const parameters = summarise(facts, draws, unrefined && { theta: unrefined });
  const median = Float64Array.from(parameters, (parameter) => parameter.median);
  const expected = await pool.run(0, { kind: "mu", theta: best.theta });
  // Zero in the float32 of simulations: absorption leaves 1e-149 counts where others leave none.
  if (expected.every((v) => Math.fround(v) === 0) && hasCounts(observations)) throw noCounts();
  const middle = await pool.run(0, { kind: "mu", theta: median });
  const at = goodness(observations, problem.statistic, middle, median.length);
  return {
    xnpe: VERSION,
    method: config.method,
    seed: config.seed,
    model: problem.model,
    spectra: describeSpectra(observations),
    parameters,
    statistic: { name: statistic(problem.statistic, observations[0]).name, best: best.value, ...at },
    responseHash: await problemHash(observations),
    kernels: build,
  };
}

function hasCounts(observations: readonly Observation[]): boolean {
  return observations.some(({ counts }) => counts.some((n) => n > 0));
}

/** What is suspicious about data, settings and where the posterior lies. */
export function sessionWarnings(
  session: Session,
  draws: { readonly theta: Float64Array; readonly weight: Float64Array },
): string[] {
  const { problem, prior } = session;
  const expression = parseExpression(problem.model);
  const limits = prior.names.map((name) => expression.parameters[findParameter(expression, name)]);
  return [...settingsWarnings(session), ...adviseWalls({ prior, limits, ...draws })];
}

/** No draw can have come from the posterior. */
export function noLikelihood(): InputError {
  return new InputError(
    "no draw has a finite likelihood: the model predicts no counts, or no finite ones, where the priors lie; check priors and model against the data",
  );
}
