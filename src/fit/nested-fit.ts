import type { NestedState } from "../sample/nested-types.ts";
import { adviseGoodness, adviseNested } from "./advice.ts";
import { resumedState, runSettings } from "./checkpoint-run.ts";
import { posteriorFigures } from "./figures.ts";
import { runNested } from "./nested.ts";
import type { RunRecord } from "./output.ts";
import { bestFit, commonResult, sessionWarnings } from "./posterior-result.ts";
import { figureInput, type Session } from "./session.ts";
import type { PosteriorDraws, RunResult } from "./types.ts";

/** A fit by nested sampling: result, draws, figures. */
export async function fitNested(session: Session): Promise<RunRecord> {
  const { config, prior, pool, control, clock } = session;
  const started = clock();
  const D = prior.priors.length;
  const settings = await runSettings(session, { livePoints: config.livePoints });
  const run = await runNested(
    pool,
    {
      dimensions: D,
      livePoints: config.livePoints,
      seed: config.seed,
      settings,
      resumed: resumedState<readonly NestedState[]>(control, settings),
    },
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
