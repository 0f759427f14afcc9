import { CONFIG_DEFAULTS } from "../src/fit/config-defaults.ts";
import { countsWindow, openPosterior, refineObservation } from "../src/fit/npe.ts";
import { observedCounts } from "../src/fit/problem.ts";
import { simulateBank } from "../src/fit/simulate.ts";
import { trainNetwork } from "../src/fit/train.ts";
import { BUILD } from "./ceiling.ts";
import { loadProblem, PAPER, SEED, withPool } from "./setup.ts";
import { seconds } from "./timing.ts";
import type { Benchmark, BenchRecord, Effort } from "./types.ts";

export const posterior: Benchmark = {
  name: "posterior",
  summary: "the refined posterior of a spectrum, given a trained network",
  async run({ quick, note }: Effort): Promise<BenchRecord[]> {
    const { spec, prior } = await loadProblem(PAPER);
    const { observations } = spec;
    const bins = observations[0].counts.length;
    const simulations = quick ? 300 : 4000;
    const { samples } = CONFIG_DEFAULTS;
    return withPool(spec, quick ? 1 : 2, async (pool) => {
      note(`network of ${simulations} simulations, ${pool.size} worker(s)`);
      const window = countsWindow({ kind: "auto" }, observations);
      const options = { simulations, dimensions: prior.priors.length, bins, seed: SEED, window };
      const bank = await simulateBank(pool, options);
      const { preset, features } = CONFIG_DEFAULTS;
      const { priors } = prior;
      const trained = await trainNetwork(pool, {
        bank,
        bins,
        priors,
        preset,
        features,
        seed: SEED,
        build: BUILD,
      });
      await openPosterior(pool, trained.posterior, trained.flows, BUILD);
      note(`${samples} refined draws`);
      const seen = observedCounts(observations);
      const input = { seen, prior, posterior: trained.posterior, samples: quick ? 200 : samples, seed: SEED };
      const time = await seconds({ runs: quick ? 1 : 7 }, () => refineObservation(pool, input));
      return [
        {
          name: `amortised posterior of ${input.samples} refined draws, ${pool.size} worker(s)`,
          unit: "s",
          ...time,
          budget: { atMost: 1 },
        },
      ];
    });
  },
};
