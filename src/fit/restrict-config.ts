import type { Region } from "../npe/region.ts";
import { type CountsWindow, everything } from "../npe/window.ts";
import type { PrepareInput } from "./npe-input.ts";
import type { Pool } from "./pool.ts";
import { binCount } from "./problem.ts";
import { type RestrictInput, restrictPrior } from "./restrict.ts";
import { countsCriterion, statisticCriterion } from "./restrict-criteria.ts";
import type { Control, RestrictionRound } from "./types.ts";

/** The part of the prior that is simulated, its counts without limits. */
export interface LearntPart {
  readonly window: CountsWindow;
  readonly flexible: false;
  readonly region?: Region;
  readonly learning: readonly RestrictionRound[];
  readonly warnings: readonly string[];
}

/** The part of the prior that a classifier learns from a condition; its region is then open on every rank. */
export async function learntPart(
  pool: Pool,
  { config, observations, prior, build }: PrepareInput,
  label: RestrictInput["label"],
  control: Control,
): Promise<LearntPart> {
  const plan = config.restriction;
  const { region, rounds, warnings } = await restrictPrior(
    pool,
    { label, prior, bins: binCount(observations), seed: config.seed, build, ...(plan && { plan }) },
    control,
  );
  return { window: everything, flexible: false, ...(region && { region }), learning: rounds, warnings };
}

/** The condition that theta has to meet, where caller or configuration give one that is to be learnt. */
export function conditionOf(
  pool: Pool,
  { config, observations, prior, label, alternatives = [observations] }: PrepareInput,
): RestrictInput["label"] | undefined {
  const { restrict } = config;
  if (label !== undefined) return label;
  if (restrict.kind === "classifier")
    return countsCriterion(binCount(observations), restrict.lower, restrict.upper);
  if (restrict.kind === "cstat")
    return statisticCriterion(pool, prior.priors.length, restrict.fraction, alternatives);
  return undefined;
}
