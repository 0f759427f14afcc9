import { parseExpression } from "../model/expression.ts";
import { findParameter } from "../model/find-parameter.ts";
import type { Observation } from "../observe/types.ts";
import type { ReadFile } from "../ogip/types.ts";
import type { JointPrior } from "../prior/types.ts";
import type { Build } from "../tensor/engine.ts";
import { adviseBackground } from "./advice.ts";
import type { FigureInput } from "./figures.ts";
import { loadObservations, problemOf } from "./load.ts";
import { loadModelTables, usesOwnModels } from "./model-tables.ts";
import { bandOf } from "./network-origin.ts";
import { createPool, type Pool, type SpawnWorker } from "./pool.ts";
import { checkFree, type ProblemSpec, problemPrior } from "./problem.ts";
import type { Control, FitConfig, RunResult } from "./types.ts";

/** The kernels whose results have the same bits on every machine; fused multiply-add would gain a few per cent. */
const BUILD: Build = "plain";

/** Methods that end by themselves when interrupted, since they hand over where they are before. */
const RESUMED: ReadonlySet<string> = new Set(["mcmc", "nested"]);

/** Doors to the platform that a run needs. */
export interface FitIo {
  readonly readFile: ReadFile;
  /** Starts a worker; absent: everything runs in this thread. */
  readonly spawn?: SpawnWorker;
  /** Seconds, for the timings of the result; absent: none are given. */
  readonly clock?: () => number;
}

/** A run under way: what all methods share. */
export interface Session {
  readonly config: FitConfig;
  readonly observations: readonly Observation[];
  readonly problem: ProblemSpec;
  readonly prior: JointPrior;
  readonly pool: Pool;
  readonly build: Build;
  readonly control: Control;
  readonly clock: () => number;
}

/** Reads the spectra, opens the problem on a pool's ranks, does the work, and closes the pool whatever happens. */
export async function withSession<T>(
  config: FitConfig,
  io: FitIo,
  control: Control,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  control.onProgress?.({ stage: "read", done: 0, total: config.spectra.length });
  const observations = await loadObservations(config, io.readFile);
  await loadModelTables(config.model, io.readFile);
  const problem = problemOf(config, observations);
  checkFree(problem.free);
  const prior = problemPrior(parseExpression(problem.model), problem.free);
  const spawn = usesOwnModels(config.model) ? undefined : io.spawn;
  const pool = createPool({
    size: config.workers,
    ...(spawn && { spawn }),
    ...(control.signal && !RESUMED.has(config.method) && { signal: control.signal }),
  });
  try {
    await pool.all({ kind: "open", problem });
    const clock = io.clock ?? (() => 0);
    return await work({ config, observations, problem, prior, pool, build: BUILD, control, clock });
  } finally {
    pool.close();
  }
}

/** What the figures are made from. */
export function figureInput({ observations, problem, prior, config }: Session): FigureInput {
  return { observations, problem, prior, seed: config.seed };
}

/** The spectra of a run as result.json names them. */
export function describeSpectra(observations: readonly Observation[]): RunResult["spectra"] {
  return observations.map((observation) => ({
    file: observation.file,
    exposure: observation.exposure,
    counts: observation.counts.reduce((sum, n) => sum + n, 0),
    bins: observation.counts.length,
    band: bandOf(observation),
  }));
}

/** What is suspicious about data and settings, whatever the method. */
export function settingsWarnings({ observations, problem, config }: Session): string[] {
  const expression = parseExpression(problem.model);
  const named = new Set(
    [config.priors, config.fixed, config.ties ?? {}]
      .flatMap(Object.keys)
      .map((path) => findParameter(expression, path)),
  );
  const left = expression.parameters.filter(({ delta }, p) => delta > 0 && !named.has(p));
  return [
    ...observations.flatMap(({ warnings }) => warnings),
    ...left.map(
      ({ path, default: value }) =>
        `${path} has neither a prior nor a value; it stays at XSPEC's default ${value}`,
    ),
    ...adviseBackground(observations, problem.statistic),
  ];
}
