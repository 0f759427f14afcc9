import { stream } from "../math/random.ts";
import type { ReadFile } from "../ogip/types.ts";
import { resample } from "../sample/resample.ts";
import { loadObservations, problemOf } from "./load.ts";
import { loadModelTables } from "./model-tables.ts";
import { binCount } from "./problem.ts";
import type { DerivedInput } from "./run-flux.ts";
import {
  type SimulatedGoodness,
  type SimulatedGoodnessInput,
  simulatedGoodness,
} from "./simulated-goodness.ts";
import { createSimulator } from "./simulator.ts";
import { expectedAt } from "./statistic-at.ts";
import type { FitConfig } from "./types.ts";

export type GoodnessPlan = Pick<SimulatedGoodnessInput, "count" | "seed" | "tests">;

/** Goodness of the settings' fixed values, by simulation. */
export async function goodnessAt(
  config: FitConfig,
  readFile: ReadFile,
  plan: GoodnessPlan,
): Promise<SimulatedGoodness[]> {
  const each = (await Promise.all(config.spectra.map((_, k) => expectedAt(config, k, readFile)))).flat();
  const mu = Float64Array.from(each.flatMap((one) => Array.from(one.mu)));
  return simulatedGoodness({
    ...plan,
    observations: each.map(({ observation }) => observation),
    statistic: config.statistic ?? "cstat",
    expected: () => mu,
  });
}

/** Goodness of a run by simulation, each from another draw of its posterior (with which the data are compared, too); from the best fit where it has no draws. */
export async function goodnessOfRun(
  { config, draws, best }: DerivedInput,
  readFile: ReadFile,
  plan: GoodnessPlan,
): Promise<SimulatedGoodness[]> {
  await loadModelTables(config.model, readFile);
  const problem = problemOf(config, await loadObservations(config, readFile));
  const D = best.length;
  const theta = new Float64Array(plan.count * D);
  const picked = draws && resample(draws.weight, plan.count, stream(plan.seed, "goodness/draws"));
  for (let m = 0; m < plan.count; m++)
    theta.set(draws && picked ? draws.theta.subarray(picked[m] * D, (picked[m] + 1) * D) : best, m * D);
  const C = binCount(problem.observations);
  const mu = createSimulator(problem).mu(theta);
  return simulatedGoodness({
    ...plan,
    observations: problem.observations,
    statistic: problem.statistic,
    expected: (m) => mu.subarray(m * C, (m + 1) * C),
  });
}
