import type { Job, JobResult } from "./jobs.ts";
import type { Pool } from "./pool.ts";

/** One rank of a pool as a pool of its own: work that is done on each of them at the same time stays apart. */
export function oneRank(pool: Pool, rank: number): Pool {
  const run = <J extends Job>(_: number, job: J): Promise<JobResult<J>> => pool.run(rank, job);
  return {
    size: 1,
    run,
    all: async (job) => [await run(0, job)],
    async map(jobs, onDone) {
      const results: JobResult<(typeof jobs)[number]>[] = [];
      for (const job of jobs) {
        results.push(await run(0, job));
        onDone?.(results.length);
      }
      return results;
    },
    close() {},
  };
}
