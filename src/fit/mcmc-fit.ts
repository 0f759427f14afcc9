import { InputError } from "../errors.ts";
import { adviseGoodness } from "./advice.ts";
import { resumedState, runSettings } from "./checkpoint-run.ts";
import { posteriorFigures } from "./figures.ts";
import { type ChainRun, type ChainState, runChains } from "./mcmc.ts";
import { type ChainPlan, chainPlan } from "./mcmc-plan.ts";
import { chainStart } from "./mcmc-start.ts";
import { chainLogPrior, fromChain } from "./mcmc-target.ts";
import { type MleRun, runMle } from "./mle.ts";
import type { RunRecord } from "./output.ts";
import { bestFit, commonResult, sessionWarnings } from "./posterior-result.ts";
import { figureInput, type Session } from "./session.ts";
import type { PosteriorDraws, RunResult } from "./types.ts";

/** Width of the start in standard deviations of the fit: XSPEC's, and one wide enough for R-hat to mean something. */
const WIDTH = { xspec: 1, wide: 2 };

/** A fit by ensemble Markov chains from the best fit: result, draws, figures. */
export async function fitMcmc(session: Session): Promise<RunRecord> {
  const { config, prior, pool, control, clock } = session;
  const started = clock();
  const { walkers, burn, length, starts, samples } = config;
  const plan = chainPlan(config, prior.priors.length);
  const settings = await runSettings(session, { walkers, burn, length, starts, start: config.start });
  const resumed = resumedState<ChainState>(control, settings);
  const fit = await runMle(pool, session, control);
  if (!Number.isFinite(fit.fit.statistic)) throw noStart();
  const fitted = clock();
  const chains = await runChains(
    pool,
    {
      plan,
      dimensions: prior.priors.length,
      seed: config.seed,
      starts: resumed === undefined ? startsOf(session, plan, fit) : [],
      settings,
      resumed,
    },
    control,
  );
  const draws = drawsOf(session, chains, plan, plan.fixed === undefined ? samples : Infinity);
  const best = await bestFit(session, draws.theta, draws.logLike, draws.weight);
  const common = await commonResult(session, best, draws);
  const result: RunResult = {
    ...common,
    mcmc: {
      ensembles: plan.ensembles,
      walkers: plan.walkers,
      length: chains.kept * plan.walkers * plan.ensembles,
      burn: chains.burn * plan.walkers * plan.ensembles,
      acceptance: chains.acceptance,
      rhat: chains.rhat,
      ess: chains.ess,
    },
    timings: { fit: fitted - started, sample: clock() - fitted },
    warnings: [
      ...sessionWarnings(session, draws),
      ...adviseGoodness(common.statistic),
      ...adviseChains(chains, plan, prior.priors.length),
      ...adviseMinima(fit),
    ],
  };
  return { result, draws, figures: await posteriorFigures(pool, figureInput(session), draws, best.theta) };
}

function startsOf({ prior, config: { seed } }: Session, plan: ChainPlan, { fit }: MleRun): Float64Array[] {
  const { walkers, ensembles, fixed } = plan;
  return Array.from({ length: ensembles }, (_, run) =>
    chainStart({
      prior,
      best: fit.x,
      covariance: fit.covariance,
      walkers,
      seed,
      run,
      width: fixed === undefined ? WIDTH.wide : WIDTH.xspec,
    }),
  );
}

/** The kept states as draws of equal weight, evenly thinned to at most `most`. */
function drawsOf({ prior }: Session, chains: ChainRun, plan: ChainPlan, most: number): PosteriorDraws {
  const D = prior.priors.length;
  const states = chains.logDensity.length;
  const stride = Math.max(1, Math.ceil(states / most));
  const { walkers } = plan;
  const picked = Array.from({ length: states }, (_, i) => i).filter(
    (i) => (chains.kept - 1 - (Math.floor(i / walkers) % chains.kept)) % stride === 0,
  );
  const x = new Float64Array(picked.length * D);
  picked.forEach((i, k) => {
    x.set(chains.x.subarray(i * D, (i + 1) * D), k * D);
  });
  const theta = fromChain(x, prior);
  const inChain = chainLogPrior(theta, prior);
  return {
    names: prior.names,
    theta,
    logPrior: Float64Array.from(picked, (_, k) => prior.logPdf(theta.subarray(k * D, (k + 1) * D))),
    logLike: Float64Array.from(picked, (i, k) => chains.logDensity[i] - inChain[k]),
    weight: new Float64Array(picked.length).fill(1 / picked.length),
  };
}

/** What the user should know about the chains. */
function adviseChains({ rhat, ess, agreed }: ChainRun, plan: ChainPlan, D: number): string[] {
  const few = plan.walkers < 2 * D;
  return [
    ...(agreed
      ? []
      : [
          `the chains have not mixed: R-hat is ${rhat.toFixed(3)}, above 1.01; give a larger --length, or take --method nested`,
        ]),
    ...(ess < 400
      ? [`only ${Math.round(ess)} effective draws: intervals are rough; give a larger --length`]
      : []),
    ...(few ? [`${plan.walkers} walkers are few for ${D} parameters; 2 D + 2 or more mix better`] : []),
  ];
}

/** Another minimum that is not far above the best may hold a part of the posterior that walkers do not reach. */
const RELEVANT = 20;

function adviseMinima({ fit, minima }: MleRun): string[] {
  const others = minima.slice(1).filter(({ statistic }) => statistic < fit.statistic + RELEVANT);
  if (others.length === 0) return [];
  const above = Math.min(...others.map(({ statistic }) => statistic)) - fit.statistic;
  return [
    `the statistic has another minimum ${above.toFixed(1)} above the best, and walkers rarely pass from one to the other; compare with --method nested`,
  ];
}

function noStart(): InputError {
  return new InputError(
    "no starting point has a finite statistic: the model predicts no finite counts where the priors lie; check priors and model",
  );
}
