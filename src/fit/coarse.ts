import { quantiles } from "../math/quantile.ts";
import { stream } from "../math/random.ts";
import type { Ellipsoid } from "../npe/ellipsoids.ts";
import type { Refined } from "../npe/refine.ts";
import type { DensityLevels, Region } from "../npe/region.ts";
import { ellipsoidAround, levelOf, weightedDraws } from "../npe/truncation.ts";
import type { CountsWindow } from "../npe/window.ts";
import type { PrepareInput } from "./npe-input.ts";
import type { Pool } from "./pool.ts";
import { binCount } from "./problem.ts";
import { sampleFlow } from "./proposal.ts";
import { judge, shortPlan, trainOn } from "./rounds-network.ts";
import { simulateNear } from "./simulate-near.ts";
import type { Control } from "./types.ts";

export interface CoarseInput extends PrepareInput {
  /** Simulations of the quick network. */
  readonly simulations: number;
  /** Expected counts that it is trained on, which has to cover all spectra. */
  readonly window: CountsWindow;
}

export interface CoarseRegion {
  /** The open region. */
  readonly region: Region;
  readonly window: CountsWindow;
  readonly warnings: readonly string[];
}

/** Draws of the quick network's posterior that tell its level. */
const LEVEL_DRAWS = 10_000;
/** Its quantile of ln q that still counts as inside. */
const LEVEL = 1e-4;

/**
 * Coarse inference: a quick network tells, for each spectrum, which part of the prior its posterior can lie in. That part - the prior truncated, never draws of
 * the posterior in the prior's place, which would count the data twice - is where the real network's simulations are made.
 *
 * The region of spectrum k is an ellipsoid around its importance-weighted draws cut by  ln q(theta | x_k) > tau_k;  tau_k is the 1e-4 quantile of ln q over
 * 10 000 draws, less a margin, and lower where exact weights say that the quick network thinks too little of a part of the posterior. The union over
 * spectra is open on every rank at the end.
 */
export async function coarseRegion(pool: Pool, input: CoarseInput, control: Control): Promise<CoarseRegion> {
  const { config, observations, prior, build, simulations } = input;
  const seed = stream(config.seed, "coarse").uint32();
  const size = { simulations, dimensions: prior.priors.length, bins: binCount(observations), seed };
  const { bank, window, warnings } = await simulateNear(pool, input.window, true, size, control);
  const { preset } = config;
  const trained = await trainOn(pool, input, bank, { seed, plan: shortPlan(preset) }, control);
  const shared = { preset, trained, prior, seed, candidates: bank.theta };
  const { alternatives = [observations] } = input;
  const ellipsoids: Ellipsoid[] = [];
  const cuts: DensityLevels["cuts"][number][] = [];
  let lost = 0;
  for (const data of alternatives) {
    if (alternatives.length > 1) await pool.all({ kind: "observe", data });
    const { spectra, pilot } = await judge(pool, { ...shared, data });
    const ellipsoid = ellipsoidAround(weightedDraws(pilot), prior);
    if (ellipsoid === undefined) lost++;
    else {
      ellipsoids.push(ellipsoid);
      for (const seen of spectra)
        cuts.push({ counts: seen, threshold: await levelFor(pool, seen, pilot, seed) });
    }
  }
  if (alternatives.length > 1) await pool.all({ kind: "observe", data: observations });
  const region: Region =
    lost > 0 ? {} : { ellipsoids, levels: { posterior: trained.posterior, flows: trained.flows, cuts } };
  await pool.all({ kind: "regionOpen", region, build });
  return { region, window, warnings: lost > 0 ? [...warnings, nothingFound(lost, simulations)] : warnings };
}

async function levelFor(pool: Pool, seen: Float64Array, pilot: Refined, seed: number): Promise<number> {
  const { logProb } = await sampleFlow(pool, seen, LEVEL_DRAWS, seed);
  const [own] = quantiles(logProb, [LEVEL]);
  return levelOf(own, pilot);
}

function nothingFound(spectra: number, simulations: number): string {
  return (
    `the quick network of ${simulations} simulations found no posterior for ${spectra === 1 ? "a spectrum" : `${spectra} spectra`}, so the ` +
    "prior was not truncated; give --restrict coarse more simulations"
  );
}
