import type { FlowWeights } from "../flow/spec.ts";
import { stream } from "../math/random.ts";
import type { PosteriorSpec } from "../npe/posterior.ts";
import { type Refined, refine } from "../npe/refine.ts";
import { targetMap } from "../npe/targets.ts";
import type { JointPrior } from "../prior/types.ts";
import type { Build } from "../tensor/engine.ts";
import { pickRows, rowsInside } from "./inside-prior.ts";
import { poolLogLike } from "./log-like.ts";
import { missedModes } from "./modes.ts";
import type { Pool } from "./pool.ts";
import { backgroundMean, type NpeInput, type PreparedNetwork, prepareNetwork, stopwatch } from "./prepare.ts";
import { observedCounts } from "./problem.ts";
import { flowProposal, sampleFlow } from "./proposal.ts";
import type { Bank } from "./simulate.ts";
import { bestIndex, logarithmicDeviations } from "./summary.ts";
import type { Control } from "./types.ts";

export {
  backgroundMean,
  countsWindow,
  type NpeConfig,
  type NpeInput,
  type PreparedNetwork,
  type PrepareInput,
  prepareNetwork,
} from "./prepare.ts";

export interface NpeRun extends PreparedNetwork {
  readonly refined: Refined;
  /** The flow's draws (M, D), before importance sampling. */
  readonly unrefined: Float64Array;
}

/** Neural posterior estimation of one observation: simulate, train, sample, refine. `clock` returns seconds. */
export async function runNpe(
  pool: Pool,
  input: NpeInput,
  control: Control,
  clock: () => number,
): Promise<NpeRun> {
  const { config, observations, prior, build } = input;
  const counts = observedCounts(observations);
  const { seed } = config;
  const prepared = await prepareNetwork(pool, input, control, clock);
  const { bank, trained } = prepared;
  const timings = { ...prepared.timings };
  const timed = stopwatch(timings, clock);
  const background = backgroundMean(observations);
  await openPosterior(pool, trained.posterior, trained.flows, build);
  const [seen, ...others] = await timed("project", async () =>
    config.preset === "paper"
      ? [counts]
      : spectraOfModes(pool, bank, { counts, prior, seed, ...(background && { background }) }),
  );
  const unrefined = await timed("sample", async () => {
    const { theta } = await sampleFlow(pool, seen, config.samples, seed);
    return pickRows(theta, rowsInside(theta, prior), prior.priors.length);
  });
  const refined = await timed("refine", () =>
    refineObservation(
      pool,
      { seen, others, prior, posterior: trained.posterior, samples: config.samples, seed },
      control,
    ),
  );
  return { ...prepared, refined, unrefined, timings };
}

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
  readonly counts: Float64Array;
  readonly prior: JointPrior;
  readonly seed: number;
  /** Expected background counts (C), which the flow sees with the source's. */
  readonly background?: Float64Array;
  /** True where `counts` are not those of the open problem (C statistic only). */
  readonly foreign?: boolean;
}

/** Draws of the flow among which the fit's starting point is chosen. */
const STARTS = 256;

/**
 * The counts (C) that the flow is shown in place of the observed ones: those that the model expects at the best fit.
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
  return expectedCounts(pool, fitted, background);
}

async function expectedCounts(
  pool: Pool,
  theta: Float64Array,
  background: Float64Array | undefined,
): Promise<Float64Array> {
  const mu = await pool.run(0, { kind: "mu", theta });
  return background === undefined ? mu : mu.map((v, c) => v + background[c]);
}

/** What the flow is shown: the model's counts at the best fit, and at each other mode of the posterior that it then misses. */
async function spectraOfModes(pool: Pool, bank: Bank, input: ProjectInput): Promise<Float64Array[]> {
  const { prior, seed, background } = input;
  const spectra = [await projectOnModel(pool, input)];
  const proposal = flowProposal(pool, spectra, prior.priors.length, seed);
  for (const theta of await missedModes(pool, { prior, candidates: bank.theta, proposal }))
    spectra.push(await expectedCounts(pool, theta, background));
  return spectra;
}

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

/** Draws (n, D) of the whole prior, for figures. */
export function priorDraws(prior: JointPrior, n: number, seed: number): Float64Array {
  const D = prior.priors.length;
  const out = new Float64Array(n * D);
  for (let i = 0; i < n; i++) {
    const rng = stream(seed, "prior/figure", i);
    for (let d = 0; d < D; d++) out[i * D + d] = prior.priors[d].quantile(rng.uniform());
  }
  return out;
}
