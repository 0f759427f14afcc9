import type { Recipe } from "../npe/recipe.ts";
import type { NpeConfig } from "./npe-input.ts";
import { binCount } from "./problem.ts";
import { joinBanks } from "./rounds-bank.ts";
import { shortPlan } from "./rounds-network.ts";
import { inRound, type NextRound, roundSeed, trainRound } from "./rounds-one.ts";
import { simulatePosterior } from "./rounds-posterior.ts";

/** A loss on pairs needs a density of theta that x enters in the network alone, so that there is no closed-form base. */
export const aptPlan = (preset: NpeConfig["preset"]): Partial<Recipe> => ({
  ...shortPlan(preset),
  base: false,
  targets: "standard",
});

/**
 * A network that is gone on with takes fewer and smaller steps; each costs as much as one plain step an atom. The preset paper goes on as it began.
 */
const LATER = { steps: 300, warmup: 30, learningRate: 1e-3 };

/** Rounds of so few simulations inside the prior are not trained. */
const FEWEST = 50;

/**
 * A round of automatic posterior transformation (APT, SNPE-C: Greenberg, Nonnenmacher & Macke 2019) with the atomic loss: simulates draws of the last
 * round's posterior, and goes on training the same network, inputs and standardisation unchanged, on the simulations of all rounds.
 */
export const aptRound: NextRound = async (setting, done) => {
  const { pool, input, control, timed } = setting;
  const { config, observations, prior } = input;
  const { simulations, rounds: R = 1, atoms = 10, combinedLoss = false, preset } = config;
  const r = done.length;
  const { spectra, trained } = done[r - 1];
  const seed = roundSeed(config.seed, r);
  const fresh = await timed("simulate", () =>
    simulatePosterior(
      pool,
      { spectra, prior, bins: binCount(observations), simulations, seed },
      inRound(control, r, R),
    ),
  );
  if (fresh.rows < FEWEST) return undefined;
  const bank = joinBanks(
    done.map((round) => round.fresh),
    fresh,
    pool.size > 1,
  );
  await pool.all({ kind: "bank", mu: bank.mu });
  const plain = combinedLoss && {
    plain: Uint8Array.from({ length: bank.rows }, (_, i) => (i < done[0].fresh.rows ? 1 : 0)),
  };
  return trainRound(setting, { fresh, bank }, r, done[0].fresh.theta, {
    plan: { ...aptPlan(preset), ...(preset !== "paper" && LATER) },
    start: trained,
    atomic: { atoms, ...plain },
  });
};
