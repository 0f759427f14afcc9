import type { NestedResult } from "../sample/nested-result.ts";
import { nestedResult } from "../sample/nested-result.ts";
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
}

/** Nested sampling of the pool's problem with `livePoints` in all. */
export async function runNested(
  pool: Pool,
  { dimensions, livePoints, seed }: NestedRunOptions,
  { onProgress }: Control = {},
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
    onProgress?.({
      stage: "nested",
      done: Math.round(100 * done),
      total: 100,
      note: `log Z ${logZ}, ${evaluations} evaluations`,
    });
  };
  const states = await Promise.all(
    status.map(async (_, run) => {
      const rank = run % pool.size;
      await pool.run(rank, { kind: "nestedOpen", run, livePoints: each, seed });
      for (;;) {
        const step = await pool.run(rank, { kind: "nestedStep", run, iterations: ITERATIONS });
        status[run] = step;
        report();
        if (step.done) return pool.run(rank, { kind: "nestedState", run });
      }
    }),
  );
  return nestedResult(...states);
}
