import { stream } from "../math/random.ts";
import type { Recipe } from "../npe/recipe.ts";
import type { Refined } from "../npe/refine.ts";
import type { Region } from "../npe/region.ts";
import { ellipsoidAround, weightedDraws } from "../npe/truncation.ts";
import type { CountsWindow } from "../npe/window.ts";
import type { Pool } from "./pool.ts";
import {
  backgroundMean,
  countsWindow,
  type NpeInput,
  type PreparedNetwork,
  type Stopwatch,
  stopwatch,
} from "./prepare.ts";
import { binCount, observedCounts } from "./problem.ts";
import { openPosterior, spectraOfModes } from "./project.ts";
import { refineObservation } from "./refine-observation.ts";
import { joinBanks, pickInside } from "./rounds-bank.ts";
import type { Bank } from "./simulate.ts";
import { simulateBank } from "./simulate.ts";
import { simulateNear } from "./simulate-near.ts";
import { type Trained, trainNetwork } from "./train.ts";
import type { Control, RoundResult } from "./types.ts";

/** A network of several rounds: the best of them for the observation, and what was seen of each. */
export interface PreparedRounds extends PreparedNetwork {
  readonly rounds: readonly RoundResult[];
  /** What the best round's network is shown in place of the observed counts (C each). */
  readonly spectra: readonly Float64Array[];
}

/** Draws with likelihoods that judge a round and tell where the next one simulates. */
const PILOT = 2000;

/** One round, done. */
interface Round {
  readonly bank: Bank;
  readonly trained: Trained;
  readonly spectra: readonly Float64Array[];
  readonly pilot: Refined;
}

/** What stays the same in all rounds. */
interface Setting {
  readonly pool: Pool;
  readonly input: NpeInput;
  readonly control: Control;
  readonly timed: Stopwatch;
  readonly window: CountsWindow;
}

/**
 * Truncated sequential estimation of one observation (TSNPE: Deistler, Goncalves & Macke 2022, with an ellipsoid for the region): every later round simulates the prior
 * truncated to where the round before found the posterior, so that networks need no correction. Each round trains a network of its own on all simulations so far
 * that lie in its region; the one with the highest importance efficiency wins.
 */
export async function prepareRounds(
  pool: Pool,
  input: NpeInput,
  control: Control,
  clock: () => number,
): Promise<PreparedRounds> {
  const { config, observations, prior, build } = input;
  const { rounds: R = 1, restrict, seed } = config;
  const timings: Record<string, number> = {};
  const timed = stopwatch(timings, clock);
  const size = {
    simulations: config.simulations,
    dimensions: prior.priors.length,
    bins: binCount(observations),
  };
  const near = await timed("simulate", () =>
    simulateNear(
      pool,
      countsWindow(restrict, observations),
      restrict.kind === "auto",
      { ...size, seed },
      inRound(control, 0, R),
    ),
  );
  const { window } = near;
  const warnings = [...near.warnings];
  const setting = { pool, input, control, timed, window };
  const first = await oneRound(setting, near.bank, 0, near.bank.theta);
  const done: Round[] = [first];
  const banks = [near.bank];
  for (let r = 1; r < R; r++) {
    const ellipsoid = ellipsoidAround(weightedDraws(done[r - 1].pilot), prior);
    const region: Region = ellipsoid === undefined ? {} : { ellipsoids: [ellipsoid] };
    await pool.all({ kind: "regionOpen", region, build });
    const fresh = await timed("simulate", () =>
      simulateBank(
        pool,
        { ...size, seed: roundSeed(seed, r), window, restricted: true, name: `round/${r}` },
        inRound(control, r, R),
      ),
    );
    const pooled = joinBanks(await pickInside(pool, banks, prior.priors.length), fresh, pool.size > 1);
    banks.push(fresh);
    await pool.all({ kind: "bank", mu: pooled.mu });
    done.push(await oneRound(setting, pooled, r, near.bank.theta));
  }
  const best = done.reduce((a, b) => (b.pilot.efficiencyFlow > a.pilot.efficiencyFlow ? b : a));
  const { bank, trained, spectra } = best;
  await pool.all({ kind: "bank", mu: bank.mu });
  const rounds = done.map((round, r) => roundResult(round, banks[r]));
  return { window, bank, trained, spectra, rounds, timings, warnings };
}

/** Trains on a bank that every rank has, and looks at what the network makes of the observation. */
async function oneRound(
  { pool, input, control, timed }: Setting,
  bank: Bank,
  r: number,
  candidates: Float64Array,
): Promise<Round> {
  const { config, observations, prior, build } = input;
  const { preset, features, estimator, rounds: R = 1 } = config;
  const seed = roundSeed(config.seed, r);
  const background = backgroundMean(observations);
  const behind = { ...(background && { background }) };
  const bins = binCount(observations);
  const plan = roundPlan(preset);
  const trained = await timed("train", () =>
    trainNetwork(
      pool,
      {
        ...{ bank, bins, priors: prior.priors, preset, features, seed, build, plan, ...behind },
        ...(estimator && { estimator }),
      },
      inRound(control, r, R),
    ),
  );
  await openPosterior(pool, trained.posterior, trained.flows, build);
  const counts = observedCounts(observations);
  const spectra = await timed("project", async () =>
    preset === "paper" ? [counts] : spectraOfModes(pool, candidates, { counts, prior, seed, ...behind }),
  );
  const [seen, ...others] = spectra;
  const pilot = await timed("refine", () =>
    refineObservation(pool, { seen, others, prior, posterior: trained.posterior, samples: PILOT, seed }),
  );
  return { bank, trained, spectra, pilot };
}

/** Optimiser steps of a round, where the preset has a fixed budget: later rounds are small problems, which few steps solve. */
const STEPS = { each: 1000, warmup: 100 };

function roundPlan(preset: NpeInput["config"]["preset"]): Partial<Recipe> {
  return preset === "paper" ? {} : { steps: STEPS.each, warmup: STEPS.warmup };
}

/** The seed of a round, so that no two of them share random numbers. */
export function roundSeed(seed: number, r: number): number {
  return r === 0 ? seed : stream(seed, "round", r).uint32();
}

function roundResult({ pilot, trained }: Round, { rows, tried, acceptance }: Bank): RoundResult {
  return {
    simulations: rows,
    acceptance: acceptance ?? rows / tried,
    efficiency: pilot.efficiencyFlow,
    leakage: leakage(pilot),
    validationLoss: trained.validationLoss,
  };
}

/** Share of the flow's own draws that lie outside the prior. */
function leakage({ source, logPrior }: Refined): number {
  const own = logPrior.filter((_, m) => source[m] === 0);
  return own.filter((l) => l === Number.NEGATIVE_INFINITY).length / own.length;
}

/** Progress that names the round. */
function inRound(control: Control, r: number, R: number): Control {
  const { onProgress } = control;
  if (onProgress === undefined) return control;
  return {
    ...control,
    onProgress: (progress) =>
      onProgress({
        ...progress,
        note: `round ${r + 1} of ${R}${progress.note === undefined ? "" : `, ${progress.note}`}`,
      }),
  };
}
