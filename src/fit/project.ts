import type { FlowWeights } from "../flow/spec.ts";
import { type BackgroundLaw, modelData } from "../npe/background.ts";
import type { PosteriorSpec } from "../npe/posterior.ts";
import type { JointPrior } from "../prior/types.ts";
import type { Build } from "../tensor/engine.ts";
import { pickRows, rowsInside } from "./inside-prior.ts";
import { poolLogLike } from "./log-like.ts";
import { missedModes } from "./modes.ts";
import type { Pool } from "./pool.ts";
import { flowProposal, sampleFlow } from "./proposal.ts";
import { bestIndex, logarithmicDeviations } from "./summary.ts";

/** Gives every rank the trained posterior. */
export async function openPosterior(
  pool: Pool,
  posterior: PosteriorSpec,
  flows: readonly FlowWeights[],
  build: Build,
): Promise<void> {
  await pool.all({ kind: "posteriorOpen", posterior, flows, build });
}

export interface ProjectInput {
  /** What the network would be shown (L) if it were shown the data. */
  readonly counts: Float64Array;
  readonly prior: JointPrior;
  readonly seed: number;
  /** How the network's backgrounds were simulated; absent: there are none. */
  readonly background?: BackgroundLaw;
  /** True where `counts` are not those of the open problem. */
  readonly foreign?: boolean;
}

/** Draws of the flow among which the fit's starting point is chosen. */
const STARTS = 256;

/**
 * The data (L) that the flow is shown in place of the observed ones: the counts that the model expects at the best fit, with the observed background.
 *
 * To first order the likelihood depends on the data through their projection on the family of model spectra alone. What stands
 * perpendicular to it - misfit, errors of the response, rare noise - says next to nothing about theta, but takes the features out of
 * the region that the network was trained on. The fit starts at the best of some draws of the flow for the counts themselves, and needs a
 * few hundred likelihoods. Importance weights use the observed counts, so the refined posterior does not depend on this step.
 */
export async function projectOnModel(
  pool: Pool,
  { counts, prior, seed, background, foreign = false }: ProjectInput,
): Promise<Float64Array> {
  const D = prior.priors.length;
  const { theta } = await sampleFlow(pool, counts, STARTS, seed);
  const inside = rowsInside(theta, prior);
  if (inside.length === 0) return counts;
  const rows = pickRows(theta, inside, D);
  const inPlace = foreign ? { counts } : {};
  const logLike = await poolLogLike(pool, rows, D, inPlace);
  const best = bestIndex(logLike);
  const sd = logarithmicDeviations(rows, prior);
  const { theta: fitted } = await pool.run(0, {
    kind: "polish",
    start: rows.slice(best * D, (best + 1) * D),
    sd,
    ...inPlace,
  });
  return modelData(background, await pool.run(0, { kind: "mu", theta: fitted }), counts);
}

/**
 * What the flow is shown: the model's counts at the best fit, and at each other mode of the posterior that it then misses. `candidates` (n, D) are
 * draws of the prior among which modes are looked for.
 */
export async function spectraOfModes(
  pool: Pool,
  candidates: Float64Array,
  input: ProjectInput,
): Promise<Float64Array[]> {
  const { prior, seed, background, counts } = input;
  const spectra = [await projectOnModel(pool, input)];
  const proposal = flowProposal(pool, spectra, prior.priors.length, seed);
  for (const theta of await missedModes(pool, { prior, candidates, proposal }))
    spectra.push(modelData(background, await pool.run(0, { kind: "mu", theta }), counts));
  return spectra;
}
