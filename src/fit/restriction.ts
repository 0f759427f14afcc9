import type { Region } from "../npe/region.ts";
import type { CountsWindow } from "../npe/window.ts";
import { coarseRegion } from "./coarse.ts";
import { countsWindow, unionOf } from "./counts-window.ts";
import type { PrepareInput, Stopwatch } from "./npe-input.ts";
import type { Pool } from "./pool.ts";
import { conditionOf, learntPart } from "./restrict-config.ts";
import type { Control, RestrictionRound } from "./types.ts";

/** The part of the prior that is simulated. */
export interface PartOfPrior {
  readonly window: CountsWindow;
  /** Whether the window may give way to the part of the prior that comes nearest to it. */
  readonly flexible: boolean;
  /** Open on every rank; absent: the window is all. */
  readonly region?: Region;
  /** How a classifier learnt it. */
  readonly learning?: readonly RestrictionRound[];
  readonly warnings: readonly string[];
}

/** A network for many spectra meets backgrounds stronger than those it was trained on: two deviations of their strength (`BackgroundLaw`). */
const STRONGER = 4;

/** Finds the part of the prior that the configuration asks for, and opens its region on every rank if it has one. */
export async function openRestriction(
  pool: Pool,
  input: PrepareInput,
  control: Control,
  timed: Stopwatch,
): Promise<PartOfPrior> {
  const { config, observations, alternatives = [observations] } = input;
  const { restrict } = config;
  const label = conditionOf(pool, input);
  if (label !== undefined) return timed("restrict", () => learntPart(pool, input, label, control));
  const strength = input.alternatives === undefined ? 1 : STRONGER;
  const window = unionOf(alternatives.map((each) => countsWindow(restrict, each, strength)));
  if (restrict.kind !== "coarse") return { window, flexible: restrict.kind === "auto", warnings: [] };
  const { simulations } = restrict;
  const found = await timed("restrict", () => coarseRegion(pool, { ...input, window, simulations }, control));
  return { ...found, flexible: false };
}
