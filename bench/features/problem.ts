import { loadObservations, problemOf } from "../../src/fit/load.ts";
import { countsWindow } from "../../src/fit/npe.ts";
import type { Pool } from "../../src/fit/pool.ts";
import { binCount, observedCounts, problemPrior } from "../../src/fit/problem.ts";
import { type Bank, simulateBank } from "../../src/fit/simulate.ts";
import { quantiles } from "../../src/math/quantile.ts";
import { parseExpression } from "../../src/model/expression.ts";
import { readFile } from "../../src/node.ts";
import type { JointPrior } from "../../src/prior/types.ts";
import { caseConfig, type ValidationCase } from "../validate/cases.ts";

/** An opened spectrum with test spectra like those that networks are trained on. */
export interface Problem {
  readonly bins: number;
  readonly prior: JointPrior;
  readonly observed: Float64Array;
  readonly tests: { readonly theta: Float64Array; readonly counts: Float64Array };
}

/** Streams of the test spectra, apart from those of the training. */
const TEST_SEED = 7919;

/** Opens a case, simulates test spectra, then the bank (which the pool keeps). */
export async function openCase(
  pool: Pool,
  one: ValidationCase,
  data: string,
  { simulations, tests }: { simulations: number; tests: number },
): Promise<{ problem: Problem; bank: Bank }> {
  const restrict = one.counts && {
    restrict: { kind: "counts", lower: one.counts[0], upper: one.counts[1] } as const,
  };
  const config = caseConfig(one, data, { ...restrict });
  const observations = await loadObservations(config, readFile);
  const opened = problemOf(config, observations);
  const prior = problemPrior(parseExpression(opened.model), opened.free);
  const bins = binCount(observations);
  await pool.all({ kind: "open", problem: opened });
  const window = countsWindow(config.restrict, observations);
  const size = { dimensions: prior.priors.length, bins, window };
  const test = await simulateBank(pool, { ...size, simulations: tests, seed: TEST_SEED });
  const noise = { seed: TEST_SEED, name: "tests", from: 0, to: tests };
  const counts = Float64Array.from(await pool.run(0, { kind: "counts", ...noise }));
  const bank = await simulateBank(pool, { ...size, simulations, seed: 1 });
  return {
    problem: { bins, prior, observed: observedCounts(observations), tests: { theta: test.theta, counts } },
    bank,
  };
}

/** Of one parameter, in log10 where its prior is logarithmic. */
export interface Moments {
  readonly mean: number;
  readonly sd: number;
  readonly median: number;
}

/** Moments of draws (M, D), weighted or not. */
export function momentsOf({ priors }: JointPrior, theta: Float64Array, weight?: Float64Array): Moments[] {
  const D = priors.length;
  const M = theta.length / D;
  return priors.map(({ logarithmic }, d) => {
    const values = Float64Array.from({ length: M }, (_, m) =>
      logarithmic ? Math.log10(theta[m * D + d]) : theta[m * D + d],
    );
    const w = (m: number) => weight?.[m] ?? 1 / M;
    const mean = values.reduce((sum, v, m) => sum + w(m) * v, 0);
    const variance = values.reduce((sum, v, m) => sum + w(m) * (v - mean) ** 2, 0);
    const [median] = weight ? quantiles(values, [0.5], weight) : quantiles(values, [0.5]);
    return { mean, sd: Math.sqrt(variance), median };
  });
}

/** Slope through the origin, sum x y / sum x^2, of medians (n, D) against the truths of the first n test spectra. */
export function slopes({ prior: { priors }, tests }: Problem, medians: readonly number[]): number[] {
  const D = priors.length;
  return priors.map(({ logarithmic }, d) => {
    let xy = 0;
    let xx = 0;
    for (let i = d; i < medians.length; i += D) {
      const truth = logarithmic ? Math.log10(tests.theta[i]) : tests.theta[i];
      xy += truth * medians[i];
      xx += truth * truth;
    }
    return xy / xx;
  });
}
