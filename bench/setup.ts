import { CONFIG_DEFAULTS } from "../src/fit/config-defaults.ts";
import { DEMO, demoFiles } from "../src/fit/demo.ts";
import { loadObservations, problemOf } from "../src/fit/load.ts";
import { spawnNodeWorker } from "../src/fit/platform-node.ts";
import { createPool, type Pool } from "../src/fit/pool.ts";
import { type ProblemSpec, problemPrior } from "../src/fit/problem.ts";
import { parseExpression } from "../src/model/expression.ts";
import type { JointPrior } from "../src/prior/types.ts";

export const SEED = 1;

/** A model with priors, fitted to the reference spectrum on the built-in instrument (193 bins). */
export interface Setup {
  readonly model: string;
  readonly priors: Readonly<Record<string, string>>;
}

/** First example of Barret & Dupourque (2024), D = 3. */
export const PAPER: Setup = { model: DEMO.model, priors: DEMO.priors };

/** Their burst model, D = 5. */
export const BURST: Setup = {
  model: "tbabs*(powerlaw+bbodyrad)",
  priors: {
    "tbabs.nH": "uniform(0.1, 0.3)",
    "powerlaw.PhoIndex": "uniform(0.5, 2.5)",
    "powerlaw.norm": "loguniform(0.1, 10)",
    "bbodyrad.kT": "uniform(0.3, 3)",
    "bbodyrad.norm": "loguniform(1, 10000)",
  },
};

export interface Problem {
  readonly spec: ProblemSpec;
  readonly prior: JointPrior;
}

export async function loadProblem({ model, priors }: Setup): Promise<Problem> {
  const { files } = demoFiles(SEED);
  const readFile = async (name: string) => {
    const bytes = files.find((file) => file.name === name)?.bytes;
    return typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
  };
  const config = {
    ...CONFIG_DEFAULTS,
    spectra: [{ file: DEMO.files.spectrum }],
    notice: [DEMO.band],
    bins: "inside" as const,
    model,
    priors,
    fixed: {},
  };
  const spec = problemOf(config, await loadObservations(config, readFile));
  return { spec, prior: problemPrior(parseExpression(spec.model), spec.free) };
}

/** Runs `work` with a pool of `size` on which the problem is open. */
export async function withPool<T>(
  problem: ProblemSpec,
  size: number,
  work: (pool: Pool) => Promise<T>,
): Promise<T> {
  const pool = createPool({ size, spawn: spawnNodeWorker });
  try {
    await pool.all({ kind: "open", problem });
    return await work(pool);
  } finally {
    pool.close();
  }
}

/** The reference values of the parameters, repeated with a small spread (n, D). */
export function nearTruth(prior: JointPrior, n: number): Float64Array {
  const D = prior.priors.length;
  return Float64Array.from({ length: n * D }, (_, i) =>
    prior.priors[i % D].quantile(0.5 + 0.01 * Math.sin(i)),
  );
}
