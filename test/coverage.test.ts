import { describe, expect, it } from "vitest";
import { DEMO, demoFiles } from "../src/fit/demo.ts";
import { loadObservations, problemOf } from "../src/fit/load.ts";
import { openPosterior, refineObservation } from "../src/fit/npe.ts";
import { createPool } from "../src/fit/pool.ts";
import { problemPrior } from "../src/fit/problem.ts";
import { simulateBank } from "../src/fit/simulate.ts";
import { trainNetwork } from "../src/fit/train.ts";
import { gammaQ } from "../src/math/incomplete-gamma.ts";
import { quantiles } from "../src/math/quantile.ts";
import { stream } from "../src/math/random.ts";
import { parseExpression } from "../src/model/expression.ts";
import { resample } from "../src/sample/resample.ts";

/** Spectra of the demo, drawn from the prior within the window of the training. */
const SPECTRA = 100;
const RANKS = 10;
const DRAWS = 999;

/** Ranks of the true values among equally weighted posterior draws are uniform (Talts et al. 2018, arXiv:1804.06788). */
describe("simulation-based calibration of the demo's posterior, refined and not", () => {
  it.skipIf(process.env.XNPE_LONG === undefined)(
    "finds uniform ranks of the truth",
    async () => {
      const { files } = demoFiles(1);
      const readFile = async (name: string) => {
        const bytes = files.find((file) => file.name === name)?.bytes;
        return typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
      };
      const data = {
        spectra: [{ file: DEMO.files.spectrum }],
        notice: [DEMO.band],
        ignore: [],
        bins: "inside",
        model: DEMO.model,
      } as const;
      const observations = await loadObservations(data, readFile);
      const { model, priors: texts } = DEMO;
      const problem = problemOf(
        { model, priors: texts, fixed: {}, abund: "wilm", xsect: "vern" },
        observations,
      );
      const prior = problemPrior(parseExpression(model), problem.free);
      const pool = createPool({ size: 1 });
      await pool.all({ kind: "open", problem });
      const bins = observations[0].counts.length;
      const D = prior.priors.length;
      const options = { dimensions: D, bins, window: { lower: 5000, upper: 50_000 } };
      const bank = await simulateBank(pool, { ...options, simulations: 5000, seed: 1 });
      const trained = await trainNetwork(pool, {
        ...{ bank, bins, priors: prior.priors, preset: "default", features: "sufficient", seed: 1 },
        build: "plain",
      });

      const truths = await simulateBank(pool, { ...options, simulations: SPECTRA, seed: 2 });
      const ranks = new Float64Array(D * RANKS);
      const own = new Float64Array(D * RANKS);
      const efficiencies = new Float64Array(SPECTRA);
      for (let i = 0; i < SPECTRA; i++) {
        const counts = Float64Array.from(truths.mu.subarray(i * bins, (i + 1) * bins));
        const rng = stream(3, "coverage", i);
        for (let c = 0; c < bins; c++) counts[c] = rng.poisson(counts[c]);
        await pool.all({
          kind: "open",
          problem: { ...problem, observations: [{ ...observations[0], counts }] },
        });
        await openPosterior(pool, trained.posterior, trained.flows, "plain");
        const { theta, weight, efficiency, source } = await refineObservation(pool, {
          ...{ seen: counts, prior, posterior: trained.posterior, samples: 4000, seed: i },
        });
        efficiencies[i] = efficiency;
        const picked = resample(weight, DRAWS, rng);
        for (let d = 0; d < D; d++) {
          const truth = truths.theta[i * D + d];
          const below = picked.filter((m) => theta[m * D + d] < truth).length;
          ranks[d * RANKS + Math.floor((below * RANKS) / (DRAWS + 1))]++;
          // The flow's own draws come first.
          const first = source.subarray(0, DRAWS).filter((_, m) => theta[m * D + d] < truth).length;
          own[d * RANKS + Math.floor((first * RANKS) / (DRAWS + 1))]++;
        }
      }
      for (let d = 0; d < D; d++) {
        const expected = SPECTRA / RANKS;
        for (const [which, found] of Object.entries({ refined: ranks, unrefined: own })) {
          const chi2 = found
            .slice(d * RANKS, (d + 1) * RANKS)
            .reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
          // Three parameters twice: a sound posterior fails once in 1600 seeds.
          expect(gammaQ((RANKS - 1) / 2, chi2 / 2), `${prior.names[d]} ${which}`).toBeGreaterThan(1e-4);
        }
      }
      const [median] = quantiles(efficiencies, [0.5]);
      expect(median).toBeGreaterThan(0.3);
    },
    900_000,
  );
});
