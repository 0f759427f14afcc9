import type { WeightJob } from "./tape-types.ts";

/** Blocks first..last - 1 of one job. */
export interface Share {
  readonly job: WeightJob;
  readonly first: number;
  readonly last: number;
}

/** The blocks of one of `ranks` threads: all blocks in order, cut where the cost is in equal parts. */
export function shareJobs(jobs: readonly WeightJob[], rank: number, ranks: number): Share[] {
  const total = jobs.reduce((sum, { costs }) => sum + costs.reduce((a, b) => a + b, 0), 0);
  const shares: Share[] = [];
  let before = 0;
  for (const job of jobs) {
    let first = -1;
    let last = -1;
    for (const [block, cost] of job.costs.entries()) {
      // A block belongs to the thread in whose part its middle lies.
      const owner = Math.floor(((before + cost / 2) / total) * ranks);
      if (owner === rank) {
        if (first < 0) first = block;
        last = block + 1;
      }
      before += cost;
    }
    if (first >= 0) shares.push({ job, first, last });
  }
  return shares;
}
