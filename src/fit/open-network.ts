import { parseExpression } from "../model/expression.ts";
import { tablesOf } from "../model/registry.ts";
import { isLinear } from "../npe/features.ts";
import type { Draws, Refined } from "../npe/refine.ts";
import type { Observation } from "../observe/types.ts";
import type { JointPrior } from "../prior/types.ts";
import type { Build } from "../tensor/engine.ts";
import { checkModelContents } from "./model-contents.ts";
import { measuredData, networkData } from "./network-data.ts";
import type { NetworkFile } from "./network-file.ts";
import { checkSetup } from "./network-setup.ts";
import { openPosterior, projectOnModel, refineObservation } from "./npe.ts";
import { oneRank } from "./one-rank.ts";
import type { Pool } from "./pool.ts";
import { type ProblemSpec, problemPrior } from "./problem.ts";
import { sampleFlow } from "./proposal.ts";
import type { Measured } from "./simulator.ts";

export interface DrawsWanted {
  readonly samples: number;
  readonly seed: number;
}

/** A network that is ready to answer, on the ranks of a pool. */
export interface OpenNetwork {
  readonly network: NetworkFile;
  readonly problem: ProblemSpec;
  readonly prior: JointPrior;
  readonly pool: Pool;
  /** Draws (M, D) of the network for data (L, see `networkData`), with ln q; nothing is corrected, draws outside of the prior are among them. */
  posteriorOf(counts: Float64Array, wanted: DrawsWanted): Promise<Draws>;
  /** The exact posterior of data (L): projected on the model, drawn, and weighted by the likelihood. */
  refineCounts(counts: Float64Array, wanted: DrawsWanted): Promise<Refined>;
  /** As refineCounts for data with variances and backgrounds, one record an observation. */
  refineData(data: readonly Measured[], wanted: DrawsWanted): Promise<Refined>;
  /** What the network is to be shown (L) in place of the data: see projectOnModel. Puts the data into the open problem. */
  project(data: readonly Measured[], seed: number): Promise<Float64Array>;
  /** The same network on one rank alone, which works beside the others. */
  onRank(rank: number): OpenNetwork;
}

/** The network's kernels, as those of fits. */
const BUILD: Build = "plain";

/**
 * Opens a network on every rank of a pool. The observations give response, binning and exposure, which have to be those of the network
 * (InputError); their counts do not matter. Tables and functions of the model have to be known here, and be those of the training, too.
 */
export async function openNetwork(
  pool: Pool,
  network: NetworkFile,
  observations: readonly Observation[],
): Promise<OpenNetwork> {
  await checkModelContents(network.origin);
  await checkSetup(network, observations);
  const problem = networkProblem(network, observations);
  const prior = problemPrior(parseExpression(problem.model), problem.free);
  await pool.all({ kind: "open", problem });
  await openPosterior(pool, network.posterior, network.flows, BUILD);
  return onPool(pool, { network, problem, prior });
}

/** What the network was trained on, with the data of the observations. */
export function networkProblem(
  { origin }: Pick<NetworkFile, "origin">,
  observations: readonly Observation[],
): ProblemSpec {
  const { model, abund, xsect, statistic, values, free, links } = origin;
  const tables = tablesOf(model);
  return {
    ...{ model, abund, xsect, statistic, values, free, observations },
    ...(links && { links }),
    ...(tables.length > 0 && { tables }),
  };
}

function onPool(pool: Pool, parts: Pick<OpenNetwork, "network" | "problem" | "prior">): OpenNetwork {
  const { network, problem, prior } = parts;
  const project: OpenNetwork["project"] = async (data, seed) => {
    await pool.all({ kind: "observe", data });
    const { origin, posterior } = network;
    const { background } = posterior.features;
    const counts = networkData(background, withData(problem.observations, data));
    // The paper's network is trained on counts as they are, and features that are not linear know no others.
    if (origin.recipe.preset === "paper" || !isLinear(posterior.features)) return counts;
    return projectOnModel(pool, { counts, prior, seed, ...(background && { background }) });
  };
  const refineData: OpenNetwork["refineData"] = async (data, { samples, seed }) => {
    const seen = await project(data, seed);
    return refineObservation(pool, { seen, prior, posterior: network.posterior, samples, seed });
  };
  return {
    ...parts,
    pool,
    project,
    refineData,
    posteriorOf: (counts, { samples, seed }) => sampleFlow(pool, counts, samples, seed),
    refineCounts: (counts, wanted) =>
      refineData(measuredData(network.posterior.features.background, problem.observations, counts), wanted),
    onRank: (rank) => onPool(oneRank(pool, rank), parts),
  };
}

/** The measured part of observations. */
export function measured(observations: readonly Observation[]): Measured[] {
  return observations.map(({ counts, variance, background }) => ({
    counts,
    variance,
    ...(background && { background }),
  }));
}

/** Observations of the same set-up with other data. */
export function withData(
  observations: readonly Observation[],
  data: readonly Measured[],
): readonly Observation[] {
  return observations.map(({ background: _, ...rest }, k) => ({ ...rest, ...data[k] }));
}
