import { everything } from "../npe/window.ts";
import type { Observation } from "../observe/types.ts";
import type { JointPrior } from "../prior/types.ts";
import { countsWindow, priorDraws } from "./npe.ts";
import type { Pool } from "./pool.ts";
import type { FitConfig } from "./types.ts";

export interface StartsInput {
  readonly config: Pick<FitConfig, "starts" | "start" | "seed" | "restrict" | "bayes">;
  readonly observations: readonly Observation[];
  readonly prior: JointPrior;
}

/** Draws of the prior a job, and most of them, when looking for some that predict the observed counts. */
const CHUNK = 256;
const MOST = 4096;

/**
 * Starting points (n, D) of a fit: the first where the user says, elsewhere the prior's median; the others drawn from the part of the
 * prior that predicts about as many counts as observed, or from the whole prior where that part is small.
 */
export async function startingPoints(
  pool: Pool,
  { config, observations, prior }: StartsInput,
): Promise<Float64Array> {
  const { starts, start = {}, seed, restrict } = config;
  const D = prior.priors.length;
  const points = new Float64Array(starts * D);
  points.set(prior.priors.map((one, d) => start[prior.names[d]] ?? median(one)));
  const automatic = restrict.kind !== "none" && restrict.kind !== "counts";
  const window = countsWindow(automatic ? { kind: "auto" } : restrict, observations);
  let rows = 1;
  for (let first = 0; rows < starts && first < MOST && window !== everything; first += CHUNK) {
    const { theta } = await pool.run(0, { kind: "draw", seed, first, count: CHUNK, window });
    const taken = Math.min(theta.length / D, starts - rows);
    points.set(theta.subarray(0, taken * D), rows * D);
    rows += taken;
  }
  if (rows < starts) points.set(priorDraws(prior, starts - rows, seed), rows * D);
  return points;
}

function median({ lower, upper, quantile }: JointPrior["priors"][number]): number {
  return Math.min(upper, Math.max(lower, quantile(0.5)));
}
