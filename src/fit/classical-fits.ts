import type { LocalFits, LocalFitsInput } from "./classical-local.ts";
import type { Pool } from "./pool.ts";
import { joined, ranges } from "./simulate.ts";

export interface FitFromOptions extends Omit<LocalFitsInput, "starts"> {
  readonly onDone?: (done: number) => void;
}

/** Fits a job. */
const CHUNK = 8;

/**
 * One Levenberg-Marquardt fit of the pool's open problem from each start (n, D), as XSPEC's `fit` does it (renorm first,
 * stopped where the statistic falls by no more than 0.01), without any polish, inside the priors' support. Shared out over the
 * ranks; the result does not depend on their number.
 */
export async function fitFrom(
  pool: Pool,
  starts: Float64Array,
  dimensions: number,
  { counts, criticalDelta, onDone }: FitFromOptions = {},
): Promise<LocalFits> {
  const n = starts.length / dimensions;
  const bins = (counts?.length ?? 0) / n;
  const jobs = ranges(n, CHUNK).map(({ from, to }) => ({
    kind: "localFits" as const,
    starts: starts.slice(from * dimensions, to * dimensions),
    ...(counts && { counts: counts.slice(from * bins, to * bins) }),
    ...(criticalDelta !== undefined && { criticalDelta }),
  }));
  const parts = await pool.map(jobs, (done) => onDone?.(Math.min(n, done * CHUNK)));
  return {
    theta: joined(parts.map(({ theta }) => theta)),
    statistic: joined(parts.map(({ statistic }) => statistic)),
    converged: Uint8Array.from(parts.flatMap(({ converged }) => Array.from(converged))),
  };
}
