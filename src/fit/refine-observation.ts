import type { PosteriorSpec } from "../npe/posterior.ts";
import { type Refined, refine } from "../npe/refine.ts";
import { targetMap } from "../npe/targets.ts";
import type { JointPrior } from "../prior/types.ts";
import { poolLogLike } from "./log-like.ts";
import type { Pool } from "./pool.ts";
import { flowProposal } from "./proposal.ts";
import type { Control } from "./types.ts";

export interface RefineObservation {
  /** Counts that the flow is conditioned on (C). */
  readonly seen: Float64Array;
  /** Others that it is conditioned on in equal shares, for modes of their own. */
  readonly others?: readonly Float64Array[];
  readonly prior: JointPrior;
  readonly posterior: PosteriorSpec;
  readonly samples: number;
  readonly seed: number;
}

/** Importance sampling with the open posterior, conditioned on `seen`, of the open problem's exact posterior. */
export async function refineObservation(
  pool: Pool,
  { seen, others = [], prior, posterior, samples, seed }: RefineObservation,
  { onProgress }: Control = {},
): Promise<Refined> {
  const D = prior.priors.length;
  let before = 0;
  const report = (done: number) =>
    onProgress?.({ stage: "refine", done: Math.min(samples, before + done), total: samples });
  return refine({
    dimensions: D,
    targets: targetMap(posterior.targets, prior.priors),
    ...flowProposal(pool, [seen, ...others], D, seed),
    async logLike(theta) {
      const values = await poolLogLike(pool, theta, D, { onDone: report });
      before += theta.length / D;
      return values;
    },
    logPrior: prior.logPdf,
    samples,
    seed,
  });
}
