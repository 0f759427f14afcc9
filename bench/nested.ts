import { CONFIG_DEFAULTS } from "../src/fit/config-defaults.ts";
import { runNested } from "../src/fit/nested.ts";
import { loadProblem, PAPER, SEED, withPool } from "./setup.ts";
import { rate, seconds } from "./timing.ts";
import type { Benchmark, BenchRecord, Effort } from "./types.ts";

export const nested: Benchmark = {
  name: "nested",
  summary: "nested sampling of the paper's first example",
  async run({ quick, note }: Effort): Promise<BenchRecord[]> {
    const { spec, prior } = await loadProblem(PAPER);
    const records: BenchRecord[] = [];
    const livePoints = quick ? 80 : CONFIG_DEFAULTS.livePoints;
    for (const size of quick ? [1] : [1, 2]) {
      note(`${livePoints} live points, ${size} worker(s)`);
      await withPool(spec, size, async (pool) => {
        let evaluations = 0;
        const options = { dimensions: prior.priors.length, livePoints, seed: SEED };
        const time = await seconds({ runs: quick ? 1 : 2, warmUps: 0 }, async () => {
          ({ evaluations } = await runNested(pool, options));
        });
        records.push(
          { name: `nested sampling, ${size} worker(s)`, unit: "s", ...time },
          { name: `its evaluations, ${size} worker(s)`, unit: "evaluations/s", ...rate(evaluations, time) },
        );
      });
    }
    return records;
  },
};
