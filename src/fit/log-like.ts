import type { Pool } from "./pool.ts";
import { joined, ranges } from "./simulate.ts";

/** Likelihoods a job. */
const CHUNK = 1024;

/** ln likelihood of the rows of theta (n, D), shared out over the ranks; `counts` (L) in place of the observed ones if given. */
export async function poolLogLike(
  pool: Pool,
  theta: Float64Array,
  D: number,
  { counts, onDone }: { readonly counts?: Float64Array; readonly onDone?: (done: number) => void } = {},
): Promise<Float64Array> {
  const rows = ranges(theta.length / D, CHUNK);
  const jobs = rows.map(({ from, to }) => ({
    kind: "logLike" as const,
    theta: theta.slice(from * D, to * D),
    ...(counts && { counts }),
  }));
  return joined(await pool.map(jobs, (done) => onDone?.(Math.min(theta.length / D, done * CHUNK))));
}
