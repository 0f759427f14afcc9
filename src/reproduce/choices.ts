import type { Recipe } from "../npe/recipe.ts";
import type { NetworkChoice } from "./network.ts";
import type { Lab } from "./types.ts";

/** Numbers that several experiments share, in the paper's sizes; a short run has a few hundred. */

/** Simulations of the networks, by the set-up. */
const SIMULATIONS = {
  bright: 10_000,
  faint: 20_000,
  persistent: 20_000,
  persistentLog: 20_000,
  burst: 20_000,
  burstFaint: 20_000,
  twoComponents: 20_000,
} as const;

/** Curved families of spectra learn for longer than a fit of one spectrum asks for. */
const LONGER: Partial<Recipe> = { steps: 12_000 };
const PLANS: Partial<Record<keyof typeof SIMULATIONS, Partial<Recipe>>> = {
  persistent: { ...LONGER, batch: 400 },
  persistentLog: LONGER,
  burst: LONGER,
};

const SHORT = 400;

/** Test spectra of in-out plots, in a full and a short run. */
export const testSize = (lab: Lab) => lab.size(500, 30);

/** The default network of a set-up. */
export function amortisedChoice(lab: Lab, problem: keyof typeof SIMULATIONS): NetworkChoice {
  const plan = PLANS[problem];
  return {
    name: "default",
    simulations: lab.size(SIMULATIONS[problem], SHORT),
    ...(plan && !lab.short && { plan }),
  };
}

/** Inputs standardised and cut to the principal components that hold 90 % of the variance. */
export function pcaChoice(lab: Lab): NetworkChoice {
  return { name: "pca", simulations: lab.size(SIMULATIONS.faint, SHORT), features: "pca(0.9)" };
}

/** The published recipe: raw counts, MAF 5 x 50, batch 50, early stopping; as many simulations as the default network. */
export function paperChoice(lab: Lab, problem: keyof typeof SIMULATIONS): NetworkChoice {
  const { simulations } = amortisedChoice(lab, problem);
  return { name: "paper", simulations, preset: "paper" };
}
