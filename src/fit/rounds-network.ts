import { isLinear } from "../npe/features.ts";
import type { Recipe } from "../npe/recipe.ts";
import type { Refined } from "../npe/refine.ts";
import type { Observation } from "../observe/types.ts";
import { networkData } from "./network-data.ts";
import { lawOf, type NpeConfig, type PrepareInput } from "./npe-input.ts";
import type { Pool } from "./pool.ts";
import { binCount } from "./problem.ts";
import { openPosterior, type ProjectInput, spectraOfModes } from "./project.ts";
import { refineObservation } from "./refine-observation.ts";
import type { Bank } from "./simulate.ts";
import { type Trained, trainNetwork } from "./train.ts";
import type { TrainInput } from "./train-input.ts";
import type { Control } from "./types.ts";

/** Draws with likelihoods that judge a network and tell where to simulate next. */
const PILOT = 2000;

/** Steps of a network that only has to be good for one spectrum, or to find the way, where the preset has a fixed budget. */
const SHORT = { steps: 1000, warmup: 100 };

/** Short training, unless the preset stops by itself. */
export const shortPlan = (preset: NpeConfig["preset"]): Partial<Recipe> => (preset === "paper" ? {} : SHORT);

/** Trains on a bank that every rank has, and gives every rank the posterior. */
export async function trainOn(
  pool: Pool,
  { config, observations, prior, build, alternatives = [observations] }: Omit<PrepareInput, "label">,
  bank: Bank,
  how: Pick<TrainInput, "seed" | "plan" | "start" | "atomic">,
  control: Control,
): Promise<Trained> {
  const { preset, features, estimator, ensemble } = config;
  const bins = binCount(observations);
  const trained = await trainNetwork(
    pool,
    {
      ...{ bank, bins, priors: prior.priors, preset, features, build, ...how },
      ...lawOf({ config, observations, alternatives }),
      ...(estimator && { estimator }),
      ...(ensemble && { ensemble }),
    },
    control,
  );
  await openPosterior(pool, trained.posterior, trained.flows, build);
  return trained;
}

export interface Judgement {
  /** What the network is shown in place of the observed data, one spectrum a mode (L each). */
  readonly spectra: readonly Float64Array[];
  readonly pilot: Refined;
}

export interface JudgeInput extends Pick<ProjectInput, "prior" | "seed"> {
  /** The data of the open problem. */
  readonly data: readonly Observation[];
  readonly preset: NpeConfig["preset"];
  readonly trained: Trained;
  /** Draws of the prior (n, D) among which further modes are looked for. */
  readonly candidates: Float64Array;
}

/** Importance sampling of an observation with few draws of the open posterior. */
export async function judge(
  pool: Pool,
  { preset, trained, candidates, data, prior, seed }: JudgeInput,
): Promise<Judgement> {
  const { posterior } = trained;
  const { background } = posterior.features;
  const counts = networkData(background, data);
  const spectra =
    preset === "paper" || !isLinear(posterior.features)
      ? [counts]
      : await spectraOfModes(pool, candidates, { counts, prior, seed, ...(background && { background }) });
  const [seen, ...others] = spectra;
  const pilot = await refineObservation(pool, { seen, others, prior, posterior, samples: PILOT, seed });
  return { spectra, pilot };
}

/** Share of the flow's own draws that lie outside the prior. */
export function leakage({ source, logPrior }: Refined): number {
  const own = logPrior.filter((_, m) => source[m] === 0);
  return own.filter((l) => l === Number.NEGATIVE_INFINITY).length / own.length;
}
