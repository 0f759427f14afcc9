import type { JointPrior } from "../prior/types.ts";
import { pickRows, rowsInside } from "./inside-prior.ts";
import type { Pool } from "./pool.ts";
import { flowProposal } from "./proposal.ts";
import { type Bank, joined, ranges, sharedFloats } from "./simulate.ts";
import type { Control } from "./types.ts";

export interface PosteriorDraw {
  /** What the open posterior is conditioned on, in equal shares (C each). */
  readonly spectra: readonly Float64Array[];
  readonly prior: JointPrior;
  readonly bins: number;
  readonly simulations: number;
  readonly seed: number;
}

/** Draws a try, and tries a simulation at most: a posterior that has leaked out of the prior further than that is given up. */
const TRY = 512;
const MOST = 20;
/** Spectra a job. */
const CHUNK = 256;

/**
 * Simulates draws of the open posterior inside the prior: fewer than wanted where most of it lies outside, none where all does. Draws are no longer the
 * prior's; what is trained on them needs a loss that knows.
 */
export async function simulatePosterior(
  pool: Pool,
  { spectra, prior, bins: C, simulations, seed }: PosteriorDraw,
  { onProgress }: Control = {},
): Promise<Bank> {
  const D = prior.priors.length;
  const proposal = flowProposal(pool, spectra, D, seed);
  const kept: Float64Array[] = [];
  let rows = 0;
  let tried = 0;
  while (rows < simulations && tried < MOST * simulations) {
    const { theta } = await proposal.sample(tried, TRY);
    const inside = pickRows(theta, rowsInside(theta, prior), D);
    tried += theta.length / D;
    rows += inside.length / D;
    kept.push(inside);
  }
  const theta = joined(kept).slice(0, simulations * D);
  const jobs = ranges(theta.length / D, CHUNK).map(({ from, to }) => ({
    kind: "mu" as const,
    theta: theta.slice(from * D, to * D),
  }));
  const total = theta.length / D;
  const parts = await pool.map(jobs, (done) =>
    onProgress?.({ stage: "simulate", done: Math.min(total, done * CHUNK), total }),
  );
  const mu = sharedFloats(total * C, pool.size > 1);
  mu.set(joined(parts));
  return { rows: total, theta, mu, tried, acceptance: rows / tried };
}
