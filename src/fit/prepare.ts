import type { Recipe } from "../npe/recipe.ts";
import { bankCoverage } from "./bank-coverage.ts";
import { lawOf, type NpeConfig, type PreparedNetwork, type PrepareInput, stopwatch } from "./npe-input.ts";
import type { Pool } from "./pool.ts";
import { binCount } from "./problem.ts";
import { checkCovered } from "./restrict-check.ts";
import { openRestriction } from "./restriction.ts";
import { simulateNear } from "./simulate-near.ts";
import { trainNetwork } from "./train.ts";
import type { Control } from "./types.ts";

export { countsWindow } from "./counts-window.ts";
export {
  type NpeConfig,
  type NpeInput,
  type PreparedNetwork,
  type PrepareInput,
  type Stopwatch,
  stopwatch,
} from "./npe-input.ts";

/**
 * Simulates and trains. `alternatives` are data sets of the open problem's set-up that the restriction has to cover; absent: the observations
 * themselves.
 */
export async function prepareNetwork(
  pool: Pool,
  input: PrepareInput,
  control: Control,
  clock: () => number,
): Promise<PreparedNetwork> {
  const { config, observations, prior, build } = input;
  const bins = binCount(observations);
  const timings: Record<string, number> = {};
  const timed = stopwatch(timings, clock);
  const { simulations, seed } = config;
  const size = { simulations, dimensions: prior.priors.length, bins, seed };
  const { region, learning, ...part } = await openRestriction(pool, input, control, timed);
  const near = await timed("simulate", () =>
    simulateNear(pool, part.window, part.flexible, { ...size, restricted: region !== undefined }, control),
  );
  const { bank, window } = near;
  if (input.alternatives === undefined) checkCovered(input, bank);
  const law = lawOf(input);
  const trained = await timed("train", () =>
    trainNetwork(
      pool,
      {
        bank,
        bins,
        priors: prior.priors,
        preset: config.preset,
        features: config.features,
        ...(config.estimator && { estimator: config.estimator }),
        ...trainingPlan(config),
        ...(config.ensemble && { ensemble: config.ensemble }),
        seed,
        build,
        ...law,
      },
      control,
    ),
  );
  const { features } = trained.posterior;
  const coverage = await bankCoverage(pool, { bank, features, seed });
  const warnings = [...part.warnings, ...near.warnings];
  return {
    ...{ window, bank, trained, coverage, timings, warnings },
    ...(region && { region }),
    ...(learning && { learning }),
  };
}

/** What the settings change of the preset's training. A fixed number of steps takes the place of early stopping. */
function trainingPlan({ steps, batch }: Pick<NpeConfig, "steps" | "batch">): { plan?: Partial<Recipe> } {
  if (steps === undefined && batch === undefined) return {};
  return { plan: { ...(steps !== undefined && { steps }), ...(batch !== undefined && { batch }) } };
}
