import { poolLogLike } from "../src/fit/log-like.ts";
import { countsWindow, openPosterior } from "../src/fit/npe.ts";
import { observedCounts } from "../src/fit/problem.ts";
import { sampleFlow } from "../src/fit/proposal.ts";
import { simulateBank } from "../src/fit/simulate.ts";
import { BUILD } from "./ceiling.ts";
import { barelyTrained, prepare } from "./network.ts";
import { BURST, loadProblem, nearTruth, PAPER, SEED, type Setup, withPool } from "./setup.ts";
import { rate, seconds } from "./timing.ts";
import type { Benchmark, BenchRecord, Effort } from "./types.ts";

export const sampling: Benchmark = {
  name: "sampling",
  summary: "draws of the flow, and exact likelihoods for their weights",
  async run(effort: Effort): Promise<BenchRecord[]> {
    const records: BenchRecord[] = [];
    for (const setup of [PAPER, BURST])
      for (const size of effort.quick ? [1] : [1, 2]) records.push(...(await sampleOn(setup, size, effort)));
    return records;
  },
};

async function sampleOn(setup: Setup, size: number, { quick, note }: Effort): Promise<BenchRecord[]> {
  const { spec, prior } = await loadProblem(setup);
  const D = prior.priors.length;
  const bins = spec.observations[0].counts.length;
  const counts = observedCounts(spec.observations);
  note(`D = ${D}, ${size} worker(s)`);
  return withPool(spec, size, async (pool) => {
    const simulations = quick ? 128 : 1000;
    const window = countsWindow({ kind: "auto" }, spec.observations);
    const bank = await simulateBank(pool, { simulations, dimensions: D, bins, seed: SEED, window });
    const prepared = prepare("default", bank, bins, prior.priors);
    const weights = await barelyTrained(pool, bank, prepared);
    await openPosterior(pool, prepared.posterior, [weights], BUILD);
    const repeat = { runs: quick ? 1 : 7, warmUps: quick ? 0 : 2 };
    const M = quick ? 64 : 40_000;
    const draws = await seconds(repeat, (run) => sampleFlow(pool, counts, M, SEED, run * M));
    const few = quick ? 32 : 8192;
    const theta = nearTruth(prior, few);
    const likelihoods = await seconds(repeat, () => poolLogLike(pool, theta, D));
    const goal = size === 1 && D === 3;
    return [
      {
        name: `draws of the flow, D = ${D}, ${size} worker(s)`,
        unit: "draws/s",
        ...rate(M, draws),
        ...(goal && { budget: { atLeast: 400_000 } }),
      },
      {
        name: `exact likelihoods, D = ${D}, ${size} worker(s)`,
        unit: "draws/s",
        ...rate(few, likelihoods),
      },
    ];
  });
}
