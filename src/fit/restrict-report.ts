import type { Refined } from "../npe/refine.ts";
import { isEverything } from "../npe/window.ts";
import type { PreparedNetwork } from "./npe-input.ts";
import { binCount } from "./problem.ts";
import { acceptedShare } from "./restrict.ts";
import { outsideShare } from "./restrict-outside.ts";
import type { Session } from "./session.ts";
import type { RestrictionResult } from "./types.ts";

/** What a result tells about the part of the prior that its network was trained on; undefined where that is all of it. */
export async function restrictionResult(
  { pool, config, observations, build }: Session,
  { window, region, learning, bank }: PreparedNetwork,
  { theta, weight }: Pick<Refined, "theta" | "weight">,
): Promise<RestrictionResult | undefined> {
  if (region === undefined && isEverything(window)) return undefined;
  const bins = binCount(observations);
  const where = { window, ...(region && { region }) };
  return {
    kind: config.restrict.kind,
    ...(!isEverything(window) && { counts: finite(window) }),
    ...(learning && { rounds: learning }),
    ...(learning && bank.acceptance !== undefined && { acceptance: acceptedShare(region, bank) }),
    outside: await outsideShare(pool, { theta, weight, ...where, bins, seed: config.seed, build }),
  };
}

const finite = ({ lower, upper }: PreparedNetwork["window"]) => ({
  ...(lower > 0 && { lower }),
  ...(upper < Number.POSITIVE_INFINITY && { upper }),
});

/** Share of the posterior outside of what was simulated from which it is worth a word. */
const OUTSIDE = 0.01;

/** What the user should know where the restriction cuts the posterior. */
export function adviseRestriction(restriction: RestrictionResult | undefined): string[] {
  if (restriction === undefined || !(restriction.outside > OUTSIDE)) return [];
  const { kind, outside } = restriction;
  return [
    `${(100 * outside).toPrecision(2)} % of the posterior lies outside the part of the prior that was simulated (restrict ${kind}), where the network has learnt ` +
      "nothing; weights make up for it as far as draws reach there - widen the restriction",
  ];
}
