import { CONFIG_DEFAULTS } from "../src/fit/config-defaults.ts";
import { runMle } from "../src/fit/mle.ts";
import { BURST, loadProblem, PAPER, SEED, type Setup, withPool } from "./setup.ts";
import { seconds } from "./timing.ts";
import type { Benchmark, BenchRecord, Effort } from "./types.ts";

export const classical: Benchmark = {
  name: "mle",
  summary: "the best fit of one spectrum, from one starting point and from ten",
  async run(effort: Effort): Promise<BenchRecord[]> {
    const records: BenchRecord[] = [];
    for (const setup of effort.quick ? [PAPER] : [PAPER, BURST])
      for (const starts of effort.quick ? [1] : [1, CONFIG_DEFAULTS.starts])
        records.push(await timed(setup, starts, effort));
    return records;
  },
};

async function timed(setup: Setup, starts: number, { quick, note }: Effort): Promise<BenchRecord> {
  const { spec, prior } = await loadProblem(setup);
  const { observations } = spec;
  const config = { starts, seed: SEED, restrict: CONFIG_DEFAULTS.restrict };
  const parameters = prior.priors.length;
  note(`${parameters} parameters, ${starts} start(s)`);
  return withPool(spec, 1, async (pool) => {
    const time = await seconds({ runs: quick ? 1 : 5, warmUps: 1 }, async () => {
      await runMle(pool, { config, observations, prior });
    });
    return { name: `fit, ${parameters} parameters, ${starts} start(s)`, unit: "s", ...time };
  });
}
