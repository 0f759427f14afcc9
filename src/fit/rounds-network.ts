import { isLinear } from "../npe/features.ts";
import type { Recipe } from "../npe/recipe.ts";
import type { Refined } from "../npe/refine.ts";
import { backgroundMean } from "./counts-window.ts";
import type { NpeConfig, NpeInput } from "./npe-input.ts";
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
  { config, observations, prior, build }: Omit<NpeInput, "alternatives">,
  bank: Bank,
  how: Pick<TrainInput, "seed" | "plan" | "start" | "atomic">,
  control: Control,
): Promise<Trained> {
  const { preset, features, estimator, ensemble } = config;
  const background = backgroundMean(observations);
  const bins = binCount(observations);
  const trained = await trainNetwork(
    pool,
    {
      ...{ bank, bins, priors: prior.priors, preset, features, build, ...how },
      ...(background && { background }),
      ...(estimator && { estimator }),
      ...(ensemble && { ensemble }),
    },
    control,
  );
  await openPosterior(pool, trained.posterior, trained.flows, build);
  return trained;
}

export interface Judgement {
  /** What the network is shown in place of the observed counts, one spectrum a mode (C each). */
  readonly spectra: readonly Float64Array[];
  readonly pilot: Refined;
}

export interface JudgeInput extends ProjectInput {
  readonly preset: NpeConfig["preset"];
  readonly trained: Trained;
  /** Draws of the prior (n, D) among which further modes are looked for. */
  readonly candidates: Float64Array;
}

/** Importance sampling of an observation with few draws of the open posterior. */
export async function judge(
  pool: Pool,
  { preset, trained, candidates, ...input }: JudgeInput,
): Promise<Judgement> {
  const { counts, prior, seed } = input;
  const spectra =
    preset === "paper" || !isLinear(trained.posterior.features)
      ? [counts]
      : await spectraOfModes(pool, candidates, input);
  const [seen, ...others] = spectra;
  const { posterior } = trained;
  const pilot = await refineObservation(pool, { seen, others, prior, posterior, samples: PILOT, seed });
  return { spectra, pilot };
}

/** Share of the flow's own draws that lie outside the prior. */
export function leakage({ source, logPrior }: Refined): number {
  const own = logPrior.filter((_, m) => source[m] === 0);
  return own.filter((l) => l === Number.NEGATIVE_INFINITY).length / own.length;
}
