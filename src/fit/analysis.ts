import { InputError } from "../errors.ts";
import { weightCount } from "../flow/weights.ts";
import { parseExpression } from "../model/expression.ts";
import { findParameter } from "../model/find-parameter.ts";
import { statistic } from "../observe/statistic.ts";
import type { Observation } from "../observe/types.ts";
import type { ReadFile } from "../ogip/types.ts";
import type { JointPrior } from "../prior/types.ts";
import type { Build } from "../tensor/engine.ts";
import { adviseBackground, adviseGoodness, adviseImportance, adviseNested, adviseWalls } from "./advice.ts";
import { type FigureInput, networkFigures, posteriorFigures } from "./figures.ts";
import { goodness } from "./goodness.ts";
import { loadObservations, problemOf } from "./load.ts";
import { runNested } from "./nested.ts";
import { formatNetwork } from "./network-file.ts";
import { bandOf, networkOrigin } from "./network-origin.ts";
import { type NpeRun, runNpe } from "./npe.ts";
import type { RunRecord } from "./output.ts";
import type { Polished } from "./polish.ts";
import { createPool, type Pool, type SpawnWorker } from "./pool.ts";
import { checkFree, type ProblemSpec, problemPrior } from "./problem.ts";
import { problemHash } from "./problem-hash.ts";
import { noCounts } from "./simulate.ts";
import { bestIndex, logarithmicDeviations, type ParameterFacts, summarise } from "./summary.ts";
import type { Control, FitConfig, PosteriorDraws, RunResult } from "./types.ts";
import { VERSION } from "./version.ts";

export type FitOutcome = RunRecord;

/** The kernels whose results have the same bits on every machine; fused multiply-add would gain a few per cent. */
const BUILD: Build = "plain";

/** Doors to the platform that a run needs. */
export interface FitIo {
  readonly readFile: ReadFile;
  /** Starts a worker; absent: everything runs in this thread. */
  readonly spawn?: SpawnWorker;
  /** Seconds, for the timings of the result; absent: none are given. */
  readonly clock?: () => number;
}

/** A run under way: what all methods share. */
interface Session {
  readonly config: FitConfig;
  readonly observations: readonly Observation[];
  readonly problem: ProblemSpec;
  readonly prior: JointPrior;
  readonly pool: Pool;
  readonly build: Build;
  readonly control: Control;
  readonly clock: () => number;
}

/**
 * The main job: reads the spectra, infers the posterior by the configured method, and gathers result, draws, network and what the
 * figures show. Writes and prints nothing. Errors: InputError for anything the user gave; rejects with the signal's reason when aborted.
 */
export async function runFit(config: FitConfig, io: FitIo, control: Control = {}): Promise<FitOutcome> {
  if (config.method === "mcmc" || config.method === "mle")
    throw new InputError(`method ${config.method} is not available in this version; use npe, nested`);
  if (config.rounds > 1) throw new InputError("several rounds are not available in this version; use 1");
  const clock = io.clock ?? (() => 0);
  const started = clock();
  control.onProgress?.({ stage: "read", done: 0, total: config.spectra.length });
  const observations = await loadObservations(config, io.readFile);
  const problem = problemOf(config, observations);
  checkFree(problem.free);
  const prior = problemPrior(parseExpression(problem.model), problem.free);
  const { spawn } = io;
  const pool = createPool({
    size: config.workers,
    ...(spawn && { spawn }),
    ...(control.signal && { signal: control.signal }),
  });
  try {
    await pool.all({ kind: "open", problem });
    const session = { config, observations, problem, prior, pool, build: BUILD, control, clock };
    const outcome = config.method === "nested" ? await fitNested(session) : await fitNpe(session);
    const timings = io.clock === undefined ? {} : { ...outcome.result.timings, total: clock() - started };
    return { ...outcome, result: { ...outcome.result, timings } };
  } finally {
    pool.close();
  }
}

async function fitNpe(session: Session): Promise<FitOutcome> {
  const { config, observations, prior, pool, build, control, clock } = session;
  const run = await runNpe(pool, { config, observations, prior, build }, control, clock);
  const { refined, trained, unrefined } = run;
  if (!refined.weight.some((w) => w > 0)) throw noLikelihood();
  const best = await bestFit(session, refined.theta, refined.logLike, refined.weight);
  const common = await commonResult(
    session,
    best,
    { theta: refined.theta, weight: refined.weight },
    unrefined,
  );
  const result: RunResult = {
    ...common,
    evidence: { logZ: refined.logZ, logZError: refined.logZError },
    importance: {
      efficiencyFlow: refined.efficiencyFlow,
      efficiency: refined.efficiency,
      ess: refined.ess,
      paretoK: refined.paretoK,
    },
    network: {
      simulations: run.bank.rows,
      epochs: trained.epochs,
      steps: trained.steps,
      validationLoss: trained.validationLoss,
      features: trained.flows[0].spec.features,
      weights: trained.flows.reduce((sum, flow) => sum + weightCount(flow), 0),
    },
    timings: run.timings,
    warnings: [
      ...run.warnings,
      ...sessionWarnings(session, refined),
      ...adviseGoodness(common.statistic),
      ...adviseImportance(refined, config),
    ],
  };
  const { theta, logPrior, logLike, logProb, logProposal, source, weight } = refined;
  const draws: PosteriorDraws = {
    names: prior.names,
    theta,
    logPrior,
    logLike,
    logProb,
    logProposal,
    source,
    weight,
  };
  const figures = {
    ...(await posteriorFigures(pool, figureInput(session), refined, best.theta)),
    ...(await networkFigures(pool, figureInput(session), run)),
  };
  return { result, draws, network: await networkOf(session, run), figures };
}

async function fitNested(session: Session): Promise<FitOutcome> {
  const { config, prior, pool, control, clock } = session;
  const started = clock();
  const D = prior.priors.length;
  const run = await runNested(
    pool,
    { dimensions: D, livePoints: config.livePoints, seed: config.seed },
    control,
  );
  const seconds = clock() - started;
  const best = await bestFit(session, run.theta, run.logLike, run.weight);
  const common = await commonResult(session, best, { theta: run.theta, weight: run.weight });
  const result: RunResult = {
    ...common,
    evidence: { logZ: run.logZ, logZError: run.logZError },
    nested: {
      livePoints: run.livePoints,
      iterations: run.iterations,
      evaluations: run.evaluations,
      ess: run.ess,
    },
    timings: { sample: seconds },
    warnings: [
      ...sessionWarnings(session, run),
      ...adviseGoodness(common.statistic),
      ...run.warnings,
      ...adviseNested(run),
    ],
  };
  const logPrior = Float64Array.from(run.logLike, (_, m) =>
    prior.logPdf(run.theta.subarray(m * D, (m + 1) * D)),
  );
  const draws: PosteriorDraws = {
    names: prior.names,
    theta: run.theta,
    logPrior,
    logLike: run.logLike,
    weight: run.weight,
  };
  return { result, draws, figures: await posteriorFigures(pool, figureInput(session), run, best.theta) };
}

function figureInput({ observations, problem, prior, config }: Session): FigureInput {
  return { observations, problem, prior, seed: config.seed };
}

async function networkOf(
  { problem, config }: Session,
  { trained: { posterior, flows, recipe }, window }: NpeRun,
): Promise<Uint8Array> {
  return formatNetwork({
    origin: await networkOrigin(problem, config, { window, recipe }),
    posterior,
    flows,
  });
}

/** The statistic's minimum inside the priors' support: the best draw, polished. */
async function bestFit(
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

async function commonResult(
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
  const at = goodness(observations, problem.statistic, await pool.run(0, { kind: "mu", theta: median }));
  return {
    xnpe: VERSION,
    method: config.method,
    seed: config.seed,
    model: problem.model,
    spectra: observations.map((observation) => ({
      file: observation.file,
      exposure: observation.exposure,
      counts: observation.counts.reduce((sum, n) => sum + n, 0),
      bins: observation.counts.length,
      band: bandOf(observation),
    })),
    parameters,
    statistic: { name: statistic(problem.statistic, observations[0]).name, best: best.value, ...at },
    responseHash: await problemHash(observations),
    kernels: build,
  };
}

function hasCounts(observations: readonly Observation[]): boolean {
  return observations.some(({ counts }) => counts.some((n) => n > 0));
}

function sessionWarnings(
  { observations, problem, prior, config }: Session,
  draws: { readonly theta: Float64Array; readonly weight: Float64Array },
): string[] {
  const expression = parseExpression(problem.model);
  const limits = prior.names.map((name) => expression.parameters[findParameter(expression, name)]);
  const named = new Set(
    [...Object.keys(config.priors), ...Object.keys(config.fixed)].map((path) =>
      findParameter(expression, path),
    ),
  );
  const left = expression.parameters.filter(({ delta }, p) => delta > 0 && !named.has(p));
  return [
    ...observations.flatMap(({ warnings }) => warnings),
    ...left.map(
      ({ path, default: value }) =>
        `${path} has neither a prior nor a value; it stays at XSPEC's default ${value}`,
    ),
    ...adviseBackground(observations, problem.statistic),
    ...adviseWalls({ prior, limits, ...draws }),
  ];
}

function noLikelihood(): InputError {
  return new InputError(
    "no draw has a finite likelihood: the model predicts no counts, or no finite ones, where the priors lie; check priors and model against the data",
  );
}
