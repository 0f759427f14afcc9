import {
  andersonDarlingDiscrepancy,
  cramerVonMisesDiscrepancy,
  type Discrepancy,
  fewRuns,
  kolmogorovSmirnovDiscrepancy,
  largestResidual,
} from "../diagnose/discrepancies.ts";
import { type GoodnessPercentile, goodnessPercentile } from "../diagnose/ppc.ts";
import { InputError } from "../errors.ts";
import { stream } from "../math/random.ts";
import type { Rng } from "../math/rng.ts";
import { statistic } from "../observe/statistic.ts";
import type { Observation, StatisticName } from "../observe/types.ts";
import { observedCounts } from "./problem.ts";

/** Test statistics besides the one that is fitted, by the names of XSPEC's `statistic test`. */
export const GOODNESS_TESTS: Readonly<Record<string, Discrepancy>> = {
  ks: kolmogorovSmirnovDiscrepancy,
  ad: andersonDarlingDiscrepancy,
  cvm: cramerVonMisesDiscrepancy,
  runs: fewRuns,
  residual: largestResidual,
};

export interface SimulatedGoodnessInput {
  readonly observations: readonly Observation[];
  readonly statistic: StatisticName;
  /** Expected source counts (C, all observations) of simulation m: the same for all, or of one draw of the posterior each. */
  readonly expected: (m: number) => Float64Array;
  /** Simulations. 1000 give a percentage to 1.6. */
  readonly count: number;
  readonly seed: number;
  /** Names out of GOODNESS_TESTS; all. */
  readonly tests?: readonly string[];
}

export interface SimulatedGoodness {
  readonly name: string;
  /** Percentage of simulations with a lower value than the observed one at the same parameters, and more. */
  readonly goodness: GoodnessPercentile;
}

/**
 * XSPEC's `goodness ... nofit`: where the observed statistic, and tests of the residuals, lie among those of spectra that the model makes.
 * In each bin s ~ Poisson(mu + b/k), and b anew as the statistic takes it: Poisson(b), normal with the variance e for pgstat, unchanged for
 * pstat. Nothing is fitted again, so that at fitted parameters the percentages come out low by what p free parameters fit away. Stream `goodness`.
 */
export function simulatedGoodness(input: SimulatedGoodnessInput): SimulatedGoodness[] {
  const { observations, expected, count, seed, tests = Object.keys(GOODNESS_TESTS) } = input;
  if (input.statistic === "chi")
    throw new InputError(
      "goodness simulates counts, and chi is for any data; take --statistic cstat, or the null hypothesis probability of fit --method mle",
      { key: "--goodness" },
    );
  const name = statistic(input.statistic, observations[0]).name;
  const chosen = tests.map((test) => GOODNESS_TESTS[test]);
  const values = [undefined, ...chosen].map(() => ({
    observed: new Float64Array(count),
    simulated: new Float64Array(count),
  }));
  for (let m = 0; m < count; m++) {
    const mu = expected(m);
    const fakes = redrawn(observations, mu, name, stream(seed, "goodness", m));
    const sides = { observed: observations, simulated: fakes };
    for (const side of ["observed", "simulated"] as const) {
      const seen = sides[side];
      values[0][side][m] = total(seen, input.statistic, mu);
      const [counts, all] = [observedCounts(seen), withBackground(seen, mu)];
      chosen.forEach(({ value }, t) => {
        values[t + 1][side][m] = value(counts, all);
      });
    }
  }
  return values.map(({ observed, simulated }, t) => ({
    name: t === 0 ? name : tests[t - 1],
    // Differences have the sign that counts: the observed value is another one at each draw of the posterior.
    goodness: goodnessPercentile(
      0,
      simulated.map((value, m) => value - observed[m]),
    ),
  }));
}

/** The observations with counts, and background counts where these are not known, drawn anew at expected source counts mu (C). */
export function redrawn(
  observations: readonly Observation[],
  mu: Float64Array,
  name: StatisticName,
  rng: Rng,
): Observation[] {
  const all = withBackground(observations, mu);
  let at = 0;
  return observations.map((observation) => {
    const { background } = observation;
    const counts = observation.counts.map((_, c) => rng.poisson(all[at + c]));
    at += counts.length;
    if (background === undefined || name === "pstat") return { ...observation, counts };
    const again = background.counts.map((b, c) =>
      name === "pgstat" ? b + Math.sqrt(background.variance[c]) * rng.normal() : rng.poisson(b),
    );
    return { ...observation, counts, background: { ...background, counts: again } };
  });
}

/** Expected counts with the scaled background (C); one below 0, as estimated backgrounds may have it, counts as none. */
function withBackground(observations: readonly Observation[], mu: Float64Array): Float64Array {
  const out = mu.slice();
  let at = 0;
  for (const { scale, background } of observations) {
    if (background !== undefined)
      for (let c = 0; c < scale.length; c++) {
        const rate = background.counts[c] / background.scale[c];
        out[at + c] = Math.max(0, mu[at + c] + scale[c] * rate);
      }
    at += scale.length;
  }
  return out;
}

function total(observations: readonly Observation[], name: StatisticName, mu: Float64Array): number {
  let [sum, at] = [0, 0];
  for (const observation of observations) {
    sum += statistic(name, observation).value(mu.subarray(at, at + observation.counts.length));
    at += observation.counts.length;
  }
  return sum;
}
