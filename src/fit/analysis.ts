import { InputError } from "../errors.ts";
import { weightCount } from "../flow/weights.ts";
import { adviseGoodness, adviseImportance } from "./advice.ts";
import { adviseCoverage } from "./bank-coverage.ts";
import { networkFigures, posteriorFigures } from "./figures.ts";
import { fitMcmc } from "./mcmc-fit.ts";
import { fitNested } from "./nested-fit.ts";
import { formatNetwork } from "./network-file.ts";
import { networkOrigin } from "./network-origin.ts";
import { type NpeRun, runNpe } from "./npe.ts";
import type { RunRecord } from "./output.ts";
import { bestFit, commonResult, noLikelihood, sessionWarnings } from "./posterior-result.ts";
import { adviseRestriction, restrictionResult } from "./restrict-report.ts";
import { type FitIo, figureInput, type Session, withSession } from "./session.ts";
import type { Control, FitConfig, PosteriorDraws, RunResult } from "./types.ts";

export type { FitIo } from "./session.ts";

export type FitOutcome = RunRecord;

/**
 * The main job: reads the spectra, infers the posterior by the configured method, and gathers result, draws, network and what the
 * figures show. Writes and prints nothing. Errors: InputError for anything the user gave; rejects with the signal's reason when aborted.
 */
export async function runFit(config: FitConfig, io: FitIo, control: Control = {}): Promise<FitOutcome> {
  if (config.method === "mle") throw new InputError("a best fit has no posterior; use runBestFit");
  const clock = io.clock ?? (() => 0);
  const started = clock();
  const fit = { nested: fitNested, mcmc: fitMcmc, npe: fitNpe }[config.method];
  const outcome = await withSession(config, io, control, fit);
  const timings = io.clock === undefined ? {} : { ...outcome.result.timings, total: clock() - started };
  return { ...outcome, result: { ...outcome.result, timings } };
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
  const restriction = await restrictionResult(session, run, refined);
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
      ...(run.ensemble && { ensemble: run.ensemble }),
      ...(run.rounds && { rounds: run.rounds }),
    },
    ...(restriction && { restriction }),
    timings: run.timings,
    warnings: [
      ...run.warnings,
      ...adviseRestriction(restriction),
      ...adviseCoverage(run.coverage, trained.posterior.features, run.seen),
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

async function networkOf(
  { problem, config }: Session,
  { trained: { posterior, flows, recipe }, window, region, coverage }: NpeRun,
): Promise<Uint8Array> {
  return formatNetwork({
    origin: await networkOrigin(problem, config, { window, recipe, coverage, ...(region && { region }) }),
    posterior,
    flows,
  });
}
