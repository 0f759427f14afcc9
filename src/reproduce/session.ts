import { CONFIG_DEFAULTS } from "../fit/config-defaults.ts";
import { loadObservations, problemOf } from "../fit/load.ts";
import { createPool, type Pool } from "../fit/pool.ts";
import { type ProblemSpec, problemPrior } from "../fit/problem.ts";
import type { FitConfig } from "../fit/types.ts";
import { parseExpression } from "../model/expression.ts";
import type { Observation } from "../observe/types.ts";
import type { JointPrior } from "../prior/types.ts";
import { BAND, RESPONSE, type Setup } from "./setups.ts";
import type { Lab } from "./types.ts";

/** A set-up with its spectrum read and its problem open in a pool of workers. */
export interface Session {
  readonly lab: Lab;
  readonly setup: Setup;
  readonly observation: Observation;
  readonly problem: ProblemSpec;
  readonly prior: JointPrior;
  readonly pool: Pool;
  readonly dimensions: number;
  readonly bins: number;
}

/** The settings of a fit of a set-up; `changes` win. */
export function fitConfig(lab: Lab, setup: Setup, changes: Partial<FitConfig> = {}): FitConfig {
  const { data } = lab;
  const { file, model, priors, fixed } = setup;
  const arf = data.published ? {} : { arf: data.path("built-in.arf") };
  return {
    ...CONFIG_DEFAULTS,
    spectra: [{ file: data.path(file), response: data.path(RESPONSE), ...arf }],
    notice: [BAND],
    bins: "inside",
    model,
    priors,
    fixed,
    seed: lab.seed,
    workers: lab.workers,
    ...changes,
  };
}

/** Opens the set-up, does the work, and closes the pool whatever happens. */
export async function withSession<T>(
  lab: Lab,
  setup: Setup,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const config = fitConfig(lab, setup);
  const [observation] = await loadObservations(config, lab.data.readFile);
  const problem = problemOf(config, [observation]);
  const prior = problemPrior(parseExpression(problem.model), problem.free);
  const pool = openPool(lab);
  try {
    await pool.all({ kind: "open", problem });
    const dimensions = prior.priors.length;
    const bins = observation.counts.length;
    return await work({ lab, setup, observation, problem, prior, pool, dimensions, bins });
  } finally {
    pool.close();
  }
}

function openPool({ workers, spawn, control }: Lab): Pool {
  const { signal } = control;
  return createPool({ size: workers, ...(spawn && { spawn }), ...(signal && { signal }) });
}

/** Result and seconds of some work. */
export async function timed<T>(lab: Lab, work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const start = lab.clock();
  const value = await work();
  return { value, seconds: lab.clock() - start };
}
