import { type FigureInput, posteriorFigures } from "./figures.ts";
import { runMle } from "./mle.ts";
import { bestFitResult } from "./mle-result.ts";
import type { BestFitResult } from "./mle-types.ts";
import type { FigureData } from "./output-figures.ts";
import { type FitIo, figureInput, type Session, withSession } from "./session.ts";
import { noCounts } from "./simulate.ts";
import type { Control, FitConfig } from "./types.ts";

/** What a best fit found. */
export interface BestFitRecord {
  readonly result: BestFitResult;
  readonly figures: FigureData;
}

/** Starts that are worth a worker of its own: one takes milliseconds, a worker tenths of a second to come up. */
const STARTS_PER_WORKER = 50;

/**
 * The best fit of a configuration as XSPEC's `fit` finds it, without a posterior: the statistic alone is minimised, and of the priors
 * only the support counts, as limits, unless `bayes` adds -2 ln prior. Writes and prints nothing. Errors: as `runFit`.
 */
export async function runBestFit(
  config: FitConfig,
  io: FitIo,
  control: Control = {},
): Promise<BestFitRecord> {
  const clock = io.clock ?? (() => 0);
  const started = clock();
  const workers = Math.min(config.workers, Math.ceil(config.starts / STARTS_PER_WORKER));
  const record = await withSession({ ...config, workers }, io, control, bestFit);
  const timings = io.clock === undefined ? {} : { total: clock() - started };
  return { ...record, result: { ...record.result, timings } };
}

async function bestFit(session: Session): Promise<BestFitRecord> {
  const { pool, control } = session;
  const run = await runMle(pool, session, control);
  const result = await bestFitResult(session, run);
  if (!Number.isFinite(run.fit.statistic)) throw noCounts();
  return { result, figures: await fitFigures(session, figureInput(session), run.fit.x) };
}

/** The spectra with the best model, without a band: there are no draws. */
async function fitFigures({ pool }: Session, input: FigureInput, best: Float64Array): Promise<FigureData> {
  const { spectra = [] } = await posteriorFigures(
    pool,
    input,
    { theta: best, weight: Float64Array.of(1) },
    best,
  );
  return { spectra: spectra.map(({ band: _, ...series }) => series) };
}
