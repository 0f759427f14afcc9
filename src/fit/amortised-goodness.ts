import { stream } from "../math/random.ts";
import { statistic } from "../observe/statistic.ts";
import type { Observation, StatisticName } from "../observe/types.ts";
import { resample } from "../sample/resample.ts";
import { columnMedians } from "./column-quantiles.ts";
import type { AmortisedGoodness } from "./infer-types.ts";
import { pickRows, rowsInside } from "./inside-prior.ts";
import { networkData } from "./network-data.ts";
import type { OpenNetwork } from "./open-network.ts";
import { joined, ranges } from "./simulate.ts";
import { redrawn } from "./simulated-goodness.ts";

/** Draws of the network for each simulated spectrum: the median is good to 0.04 of the posterior's width. */
const DRAWS = 1000;

/**
 * Where the observed statistic lies among those of simulated spectra: parameters from the posterior, Poisson counts of these, medians of
 * the network's draws for those counts, the statistic there. About 50 % where the model is right; near 100 % it does not make data like
 * these. The observed spectrum is treated as the others are, by the network alone. Barret & Dupourque 2024, section 4.1.
 *
 * Not for chi, whose variances simulated counts have not: undefined there.
 */
export async function amortisedGoodness(
  open: OpenNetwork,
  observations: readonly Observation[],
  posterior: { readonly theta: Float64Array; readonly weight?: Float64Array },
  { simulations, seed }: { readonly simulations: number; readonly seed: number },
): Promise<AmortisedGoodness | undefined> {
  const { pool, prior, problem } = open;
  if (problem.statistic === "chi") return undefined;
  const D = prior.priors.length;
  const M = posterior.theta.length / D;
  const weight = posterior.weight ?? new Float64Array(M).fill(1 / M);
  const rows = resample(weight, simulations, stream(seed, "goodness/posterior"));
  const theta = pickRows(posterior.theta, Array.from(rows), D);
  const mu = await pool.run(0, { kind: "mu", theta });
  const C = mu.length / simulations;
  const name = statistic(problem.statistic, observations[0]).name;
  const spectra = Array.from({ length: simulations }, (_, i) =>
    redrawn(observations, mu.subarray(i * C, (i + 1) * C), name, stream(seed, "goodness/noise", i)),
  );
  const [observed] = await statisticsAtMedians(open, [observations], seed);
  const values = (await statisticsAtMedians(open, spectra, seed)).filter(Number.isFinite);
  const below = values.reduce((sum, value) => sum + (value < observed ? 1 : value === observed ? 0.5 : 0), 0);
  return {
    simulations: values.length,
    observed,
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    percentile: (100 * below) / values.length,
  };
}

/** Spectra whose draws are held at a time. */
const BATCH = 64;

/** The statistic of each data set at the medians of the network's draws for it; NaN where no draw lies inside the prior. */
async function statisticsAtMedians(
  { pool, prior, problem, network }: OpenNetwork,
  spectra: readonly (readonly Observation[])[],
  seed: number,
): Promise<number[]> {
  const D = prior.priors.length;
  const out: number[] = [];
  for (const { from, to } of ranges(spectra.length, BATCH)) {
    const batch = spectra.slice(from, to);
    const drawn = await pool.map(
      batch.map((data) => {
        const counts = networkData(network.posterior.features.background, data);
        return { kind: "sample" as const, counts, seed, first: 0, count: DRAWS };
      }),
    );
    const medians = drawn.map(({ theta }) => {
      const inside = pickRows(theta, rowsInside(theta, prior), D);
      return columnMedians(inside, D);
    });
    const mu = await pool.run(0, { kind: "mu", theta: joined(medians) });
    const C = mu.length / batch.length;
    batch.forEach((data, i) => {
      const row = mu.subarray(i * C, (i + 1) * C);
      out.push(Number.isNaN(medians[i][0]) ? Number.NaN : statisticOf(data, problem.statistic, row));
    });
  }
  return out;
}

/** The statistic of all observations at expected counts mu (C). */
function statisticOf(observations: readonly Observation[], name: StatisticName, mu: Float64Array): number {
  let sum = 0;
  let at = 0;
  for (const observation of observations) {
    sum += statistic(name, observation).value(mu.subarray(at, at + observation.counts.length));
    at += observation.counts.length;
  }
  return sum;
}
