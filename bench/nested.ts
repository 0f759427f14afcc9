import { CONFIG_DEFAULTS } from "../src/fit/config-defaults.ts";
import { runNested } from "../src/fit/nested.ts";
import { BURST, loadProblem, PAPER, SEED, type Setup, withPool } from "./setup.ts";
import { rate, seconds } from "./timing.ts";
import type { Benchmark, BenchRecord, Effort } from "./types.ts";

export const nested: Benchmark = {
  name: "nested",
  summary: "nested sampling of the paper's first example, and of its model with 5 parameters",
  async run(effort: Effort): Promise<BenchRecord[]> {
    const sizes = effort.quick ? [1] : [1, 2];
    const records: BenchRecord[] = [];
    for (const size of sizes) records.push(...(await timed(PAPER, size, effort)));
    if (!effort.quick) records.push(...(await timed(BURST, 2, effort)));
    return records;
  },
};

async function timed(setup: Setup, size: number, { quick, note }: Effort): Promise<BenchRecord[]> {
  const { spec, prior } = await loadProblem(setup);
  const dimensions = prior.priors.length;
  const livePoints = quick ? 80 : CONFIG_DEFAULTS.livePoints;
  note(`${dimensions} parameters, ${livePoints} live points, ${size} worker(s)`);
  return withPool(spec, size, async (pool) => {
    let evaluations = 0;
    let ess = 0;
    let logZError = 0;
    const time = await seconds({ runs: quick || dimensions > 3 ? 1 : 2, warmUps: 0 }, async () => {
      ({ evaluations, ess, logZError } = await runNested(pool, { dimensions, livePoints, seed: SEED }));
    });
    const what = `${dimensions} parameters, ${size} worker(s)`;
    return [
      { name: `nested sampling, ${what}`, unit: "s", ...time },
      { name: `its exact likelihoods, ${what}`, unit: "", value: evaluations },
      { name: `its effective draws, ${what}`, unit: "draws/s", ...rate(ess, time) },
      { name: `its error of log Z, ${what}`, unit: "", value: logZError },
    ];
  });
}
