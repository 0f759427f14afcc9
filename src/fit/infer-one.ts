import { InputError } from "../errors.ts";
import { parseExpression } from "../model/expression.ts";
import { findParameter } from "../model/find-parameter.ts";
import { statistic } from "../observe/statistic.ts";
import type { Observation } from "../observe/types.ts";
import { amortisedGoodness } from "./amortised-goodness.ts";
import { goodness } from "./goodness.ts";
import type { InferOptions, InferredParameter, InferredSpectrum } from "./infer-types.ts";
import { inferWarnings } from "./infer-warnings.ts";
import { pickRows, rowsInside } from "./inside-prior.ts";
import { refineObservation } from "./npe.ts";
import { measured, type OpenNetwork } from "./open-network.ts";
import type { Polished } from "./polish.ts";
import { sampleFlow } from "./proposal.ts";
import { bestIndex, logarithmicDeviations, type ParameterFacts, summarise } from "./summary.ts";
import type { PosteriorDraws } from "./types.ts";

export interface Inferred {
  readonly spectrum: Omit<InferredSpectrum, "times" | "seconds">;
  readonly draws: PosteriorDraws;
}

/**
 * Posterior of the observations' counts by an open network whose set-up they share: projected on the model, drawn, and weighted by their own
 * likelihood, with the statistic at best and median. Without refinement the draws are the network's inside the prior, in equal shares.
 */
export async function inferObservations(
  open: OpenNetwork,
  observations: readonly Observation[],
  { samples, seed, refine, goodness: simulations }: InferOptions,
): Promise<Inferred> {
  const { pool, prior, problem } = open;
  const D = prior.priors.length;
  const [{ file, exposure }] = observations;
  const seen = await open.project(measured(observations), seed);
  const refined = refine
    ? await refineObservation(pool, { seen, prior, posterior: open.network.posterior, samples, seed })
    : undefined;
  const own =
    refined === undefined ? (await sampleFlow(pool, seen, samples, seed)).theta : flowDraws(refined, D);
  const unrefined = pickRows(own, rowsInside(own, prior), D);
  if (unrefined.length === 0) throw noDraws(file);
  const set = refined ?? { theta: unrefined };
  const best = await bestFit(open, refined ?? { theta: unrefined });
  const parameters = summaries(open, set, best, refined && unrefined);
  const median = Float64Array.from(parameters, (parameter) => parameter.median);
  const at = goodness(observations, problem.statistic, await pool.run(0, { kind: "mu", theta: median }));
  const compared =
    simulations === undefined
      ? undefined
      : await amortisedGoodness(open, observations, set, { simulations, seed });
  const spectrum = {
    file,
    exposure,
    counts: total(observations.map(({ counts }) => total(counts))),
    bins: total(observations.map(({ counts }) => counts.length)),
    parameters,
    statistic: { name: statistic(problem.statistic, observations[0]).name, best: best.value, ...at },
    ...(refined && {
      evidence: { logZ: refined.logZ, logZError: refined.logZError },
      importance: {
        efficiencyFlow: refined.efficiencyFlow,
        efficiency: refined.efficiency,
        ess: refined.ess,
        paretoK: refined.paretoK,
      },
    }),
    ...(compared && { goodness: compared }),
  };
  const warnings = [
    ...new Set(observations.flatMap((observation) => observation.warnings)),
    ...inferWarnings(open.network, { observations, seen, ...spectrum }),
  ];
  return { spectrum: { ...spectrum, warnings }, draws: drawsOf(open, set, refined) };
}

/** The flow's own draws among the refined ones. */
function flowDraws({ theta, source }: Refined, D: number): Float64Array {
  const rows = Array.from(source.keys()).filter((m) => source[m] === 0);
  return rows.length === source.length ? theta : pickRows(theta, rows, D);
}

function noDraws(file: string): InputError {
  return new InputError(
    "no draw of the network lies inside the prior: it was not trained for spectra like this; fit it alone (xnpe fit)",
    { file },
  );
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

type Refined = Awaited<ReturnType<typeof refineObservation>>;

interface DrawSet {
  readonly theta: Float64Array;
  readonly weight?: Float64Array;
  readonly logLike?: Float64Array;
}

/** The statistic's minimum, from the draw of highest likelihood, or from the middle of draws whose likelihoods are not known. */
async function bestFit({ pool, prior }: OpenNetwork, { theta, weight, logLike }: DrawSet): Promise<Polished> {
  const D = prior.priors.length;
  const sd = logarithmicDeviations(theta, prior, weight);
  const facts = prior.priors.map((one, d) => ({ name: prior.names[d], unit: "", prior: one, best: 0 }));
  const start =
    logLike === undefined
      ? Float64Array.from(summarise(facts, { theta }), ({ median }) => median)
      : theta.slice(bestIndex(logLike) * D, (bestIndex(logLike) + 1) * D);
  return pool.run(0, { kind: "polish", start, sd });
}

function summaries(
  { problem, prior }: OpenNetwork,
  set: DrawSet,
  best: Polished,
  unrefined: Float64Array | undefined,
): InferredParameter[] {
  const expression = parseExpression(problem.model);
  const facts = prior.priors.map((one, d): ParameterFacts => {
    const { unit } = expression.parameters[findParameter(expression, prior.names[d])];
    return { name: prior.names[d], unit, prior: one, best: best.theta[d] };
  });
  const { theta, weight } = set;
  const all = summarise(facts, { theta, ...(weight && { weight }) }, unrefined && { theta: unrefined });
  return all.map(({ prior: _, truth: __, log10, ...rest }) => {
    const [low, high] = rest.interval90;
    // Quantiles go with the logarithm.
    return {
      ...rest,
      ...(log10 && { log10: { ...log10, interval90: [Math.log10(low), Math.log10(high)] } }),
    };
  });
}

function drawsOf({ prior }: OpenNetwork, { theta }: DrawSet, refined: Refined | undefined): PosteriorDraws {
  const { names } = prior;
  if (refined !== undefined) {
    const { logPrior, logLike, logProb, logProposal, source, weight } = refined;
    return { names, theta, logPrior, logLike, logProb, logProposal, source, weight };
  }
  const D = names.length;
  const M = theta.length / D;
  const logPrior = Float64Array.from({ length: M }, (_, m) =>
    prior.logPdf(theta.subarray(m * D, (m + 1) * D)),
  );
  const weight = new Float64Array(M).fill(1 / M);
  return { names, theta, logPrior, logLike: new Float64Array(M).fill(Number.NaN), weight };
}
