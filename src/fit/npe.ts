import type { FlowWeights } from "../flow/spec.ts";
import { stream } from "../math/random.ts";
import type { PosteriorSpec } from "../npe/posterior.ts";
import { type Draws, type Refined, refine } from "../npe/refine.ts";
import { targetMap } from "../npe/targets.ts";
import { type CountsWindow, everything, windowAround } from "../npe/window.ts";
import type { Observation } from "../observe/types.ts";
import type { JointPrior } from "../prior/types.ts";
import type { Build } from "../tensor/engine.ts";
import type { Pool } from "./pool.ts";
import { binCount, observedCounts } from "./problem.ts";
import { type Bank, joined, ranges, simulateBank } from "./simulate.ts";
import { type Trained, trainNetwork } from "./train.ts";
import type { Control, FitConfig, Restriction } from "./types.ts";

export type NpeConfig = Pick<
  FitConfig,
  "restrict" | "simulations" | "samples" | "seed" | "preset" | "features"
>;

export interface NpeInput {
  readonly config: NpeConfig;
  readonly observations: readonly Observation[];
  readonly prior: JointPrior;
  readonly build: Build;
}

export interface NpeRun {
  readonly window: CountsWindow;
  readonly bank: Bank;
  readonly trained: Trained;
  readonly refined: Refined;
  /** The flow's draws (M, D), before importance sampling. */
  readonly unrefined: Float64Array;
  /** Seconds of each stage, by the given clock. */
  readonly timings: Readonly<Record<string, number>>;
}

/** Draws or likelihoods a job. */
const CHUNK = 1024;

/** Neural posterior estimation of one observation: simulate, train, sample, refine. `clock` returns seconds. */
export async function runNpe(
  pool: Pool,
  input: NpeInput,
  control: Control,
  clock: () => number,
): Promise<NpeRun> {
  const { config, observations, prior, build } = input;
  const counts = observedCounts(observations);
  const bins = binCount(observations);
  const timings: Record<string, number> = {};
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const start = clock();
    const result = await work();
    timings[name] = clock() - start;
    return result;
  };
  const window = countsWindow(config.restrict, observations);
  const { simulations, seed } = config;
  const bank = await timed("simulate", () =>
    simulateBank(pool, { simulations, dimensions: prior.priors.length, bins, seed, window }, control),
  );
  const background = backgroundMean(observations, bins);
  const trained = await timed("train", () =>
    trainNetwork(
      pool,
      {
        bank,
        bins,
        priors: prior.priors,
        preset: config.preset,
        features: config.features,
        seed,
        build,
        ...(background && { background }),
      },
      control,
    ),
  );
  await openPosterior(pool, trained.posterior, trained.flow, build);
  const unrefined = await timed(
    "sample",
    async () => (await sampleFlow(pool, counts, config.samples, seed)).theta,
  );
  const refined = await timed("refine", () =>
    refineObservation(
      pool,
      { counts, prior, posterior: trained.posterior, samples: config.samples, seed },
      control,
    ),
  );
  return { window, bank, trained, refined, unrefined, timings };
}

/** The window that a restriction asks for. */
export function countsWindow(restrict: Restriction, observations: readonly Observation[]): CountsWindow {
  if (restrict.kind === "none") return everything;
  if (restrict.kind === "counts") return { lower: restrict.lower, upper: restrict.upper };
  let source = 0;
  const background = { expected: 0, variance: 0 };
  for (const { counts, scale, background: b } of observations)
    for (let c = 0; c < counts.length; c++) {
      source += counts[c];
      if (b === undefined) continue;
      const ratio = scale[c] / b.scale[c];
      background.expected += ratio * b.counts[c];
      background.variance += ratio * ratio * b.counts[c];
    }
  return windowAround(source, background);
}

function backgroundMean(observations: readonly Observation[], bins: number): Float64Array | undefined {
  if (observations.every(({ background }) => background === undefined)) return undefined;
  const out = new Float64Array(bins);
  let at = 0;
  for (const { background, scale } of observations) {
    if (background !== undefined)
      for (let c = 0; c < scale.length; c++)
        out[at + c] = ((background.counts[c] + 0.5) * scale[c]) / background.scale[c];
    at += scale.length;
  }
  return out;
}

/** Gives every rank the trained posterior. */
export async function openPosterior(
  pool: Pool,
  posterior: PosteriorSpec,
  flow: FlowWeights,
  build: Build,
): Promise<void> {
  await pool.all({ kind: "posteriorOpen", posterior, flow, build });
}

/** Draws of the flow for given counts, shared out over the ranks. */
export async function sampleFlow(
  pool: Pool,
  counts: Float64Array,
  n: number,
  seed: number,
  first = 0,
): Promise<Draws> {
  const jobs = ranges(n, CHUNK).map(({ from, to }) => ({
    kind: "sample" as const,
    counts,
    seed,
    first: first + from,
    count: to - from,
  }));
  const parts = await pool.map(jobs);
  return {
    theta: joined(parts.map((part) => part.theta)),
    logProb: joined(parts.map((part) => part.logProb)),
  };
}

/** ln likelihood of the rows of theta (n, D), shared out over the ranks. */
export async function poolLogLike(
  pool: Pool,
  theta: Float64Array,
  D: number,
  onDone?: (done: number) => void,
): Promise<Float64Array> {
  const rows = ranges(theta.length / D, CHUNK);
  const jobs = rows.map(({ from, to }) => ({
    kind: "logLike" as const,
    theta: theta.slice(from * D, to * D),
  }));
  return joined(await pool.map(jobs, (done) => onDone?.(Math.min(theta.length / D, done * CHUNK))));
}

export interface RefineObservation {
  readonly counts: Float64Array;
  readonly prior: JointPrior;
  readonly posterior: PosteriorSpec;
  readonly samples: number;
  readonly seed: number;
}

/** Importance sampling of the open posterior for counts, which must be those of the open problem. */
export async function refineObservation(
  pool: Pool,
  { counts, prior, posterior, samples, seed }: RefineObservation,
  { onProgress }: Control = {},
): Promise<Refined> {
  const D = prior.priors.length;
  let before = 0;
  const report = (done: number) =>
    onProgress?.({ stage: "refine", done: Math.min(samples, before + done), total: samples });
  return refine({
    dimensions: D,
    targets: targetMap(posterior.targets, prior.priors),
    sample: (first, count) => sampleFlow(pool, counts, count, seed, first),
    logProb: async (theta) => {
      const jobs = ranges(theta.length / D, CHUNK).map(({ from, to }) => ({
        kind: "logProb" as const,
        counts,
        theta: theta.slice(from * D, to * D),
      }));
      return joined(await pool.map(jobs));
    },
    async logLike(theta) {
      const values = await poolLogLike(pool, theta, D, report);
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
