import { stream } from "../math/random.ts";
import type { Coverage } from "../npe/coverage.ts";
import { isLinear } from "../npe/features.ts";
import type { Refined } from "../npe/refine.ts";
import type { JointPrior } from "../prior/types.ts";
import { bankCoverage } from "./bank-coverage.ts";
import { type EnsembleSpread, ensembleSpread } from "./ensemble-spread.ts";
import { pickRows, rowsInside } from "./inside-prior.ts";
import { networkData } from "./network-data.ts";
import type { Pool } from "./pool.ts";
import { type NpeInput, type PreparedNetwork, prepareNetwork, stopwatch } from "./prepare.ts";
import { openPosterior, spectraOfModes } from "./project.ts";
import { sampleFlow } from "./proposal.ts";
import { refineObservation } from "./refine-observation.ts";
import { prepareRounds } from "./rounds.ts";
import type { Control, RoundResult } from "./types.ts";

export {
  countsWindow,
  type NpeConfig,
  type NpeInput,
  type PreparedNetwork,
  type PrepareInput,
  prepareNetwork,
} from "./prepare.ts";
export { openPosterior, type ProjectInput, projectOnModel } from "./project.ts";
export { type RefineObservation, refineObservation } from "./refine-observation.ts";

export interface NpeRun extends PreparedNetwork {
  readonly refined: Refined;
  /** The flow's draws (M, D), before importance sampling. */
  readonly unrefined: Float64Array;
  /** Where several networks were trained. */
  readonly ensemble?: EnsembleSpread;
  /** What the network is shown in place of the observed data (L). */
  readonly seen: Float64Array;
  /** What its training spectra looked like. */
  readonly coverage: Coverage;
  /** Where there were several. */
  readonly rounds?: readonly RoundResult[];
}

/** Neural posterior estimation of one observation: simulate, train, sample, refine. `clock` returns seconds. */
export async function runNpe(
  pool: Pool,
  input: NpeInput,
  control: Control,
  clock: () => number,
): Promise<NpeRun> {
  const { config, observations, prior, build } = input;
  const { seed, rounds = 1 } = config;
  const prepared =
    rounds > 1
      ? await prepareRounds(pool, input, control, clock)
      : { ...(await prepareNetwork(pool, input, control, clock)), spectra: undefined };
  const { bank, trained } = prepared;
  const timings = { ...prepared.timings };
  const timed = stopwatch(timings, clock);
  const { features } = trained.posterior;
  const { background } = features;
  const counts = networkData(background, observations);
  await openPosterior(pool, trained.posterior, trained.flows, build);
  const [seen, ...others] =
    prepared.spectra ??
    (await timed("project", async () =>
      config.preset === "paper" || !isLinear(features)
        ? [counts]
        : spectraOfModes(pool, bank.theta, { counts, prior, seed, ...(background && { background }) }),
    ));
  const { theta } = await timed("sample", () => sampleFlow(pool, seen, config.samples, seed));
  const unrefined = pickRows(theta, rowsInside(theta, prior), prior.priors.length);
  const members = trained.flows.length;
  const ensemble = members > 1 && { ensemble: ensembleSpread(theta, prior, members) };
  const refined = await timed("refine", () =>
    refineObservation(
      pool,
      { seen, others, prior, posterior: trained.posterior, samples: config.samples, seed },
      control,
    ),
  );
  const coverage = prepared.coverage ?? (await bankCoverage(pool, { bank, features, seed }));
  return { ...prepared, refined, unrefined, seen, coverage, timings, ...ensemble };
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
