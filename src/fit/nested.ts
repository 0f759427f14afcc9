import type { NestedResult } from "../sample/nested-result.ts";
import { nestedResult } from "../sample/nested-result.ts";
import type { NestedState } from "../sample/nested-types.ts";
import { keepIfInterrupted } from "./checkpoint-run.ts";
import type { Pool } from "./pool.ts";
import type { Control } from "./types.ts";

/** Independent runs at most that are merged, so that workers can share the work and their number does not matter. */
const RUNS = 4;
/** Live points a run that are worth a run of its own. */
const WORTH = 50;
/** Replacements between two looks at the clock of the caller. */
const ITERATIONS = 500;

export interface NestedRunOptions {
  readonly dimensions: number;
  readonly livePoints: number;
  readonly seed: number;
  /** Of the checkpoint of an interrupted run. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Runs that were interrupted, to go on with. */
  readonly resumed?: readonly NestedState[] | undefined;
}

/**
 * Nested sampling of the pool's problem with `livePoints` in all. The result does not depend on the number of ranks, nor on
 * interruptions.
 */
export async function runNested(
  pool: Pool,
  { dimensions, livePoints, seed, settings = {}, resumed }: NestedRunOptions,
  control: Control = {},
): Promise<NestedResult> {
  const runs = Math.min(RUNS, Math.max(1, Math.floor(livePoints / Math.max(WORTH, 4 * dimensions))));
  const each = Math.ceil(livePoints / runs);
  const status = Array.from({ length: runs }, () => ({
    logZ: Number.NEGATIVE_INFINITY,
    remaining: 1,
    evaluations: 0,
  }));
  const report = () => {
    const remaining = Math.max(...status.map((s) => s.remaining));
    const evaluations = status.reduce((sum, s) => sum + s.evaluations, 0);
    const logZ = status[0].logZ.toFixed(2);
    // The logarithm of the remaining evidence falls almost linearly with time, from 0 to ln(0.01).
    const done = Math.min(1, Math.log(remaining) / Math.log(0.01));
    control.onProgress?.({
      stage: "nested",
      done: Math.round(100 * done),
      total: 100,
      note: `log Z ${logZ}, ${evaluations} evaluations`,
    });
  };
  const states = await Promise.all(
    status.map(async (_, run) => {
      const rank = run % pool.size;
      if (resumed === undefined) await pool.run(rank, { kind: "nestedOpen", run, livePoints: each, seed });
      else await pool.run(rank, { kind: "nestedRestore", run, state: resumed[run] });
      for (;;) {
        const step = await pool.run(rank, { kind: "nestedStep", run, iterations: ITERATIONS });
        status[run] = step;
        report();
        if (step.done || control.signal?.aborted) return pool.run(rank, { kind: "nestedState", run });
      }
    }),
  );
  await keepIfInterrupted(control, settings, () => states);
  return nestedResult(...states);
}
