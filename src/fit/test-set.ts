import {
  type FittedLine,
  fittedLine,
  type OriginSlope,
  type Recovered,
  slopeThroughOrigin,
} from "../diagnose/regression.ts";
import { stream } from "../math/random.ts";
import { type BackgroundLaw, dataLength } from "../npe/background.ts";
import type { JointPrior } from "../prior/types.ts";
import { columnQuantiles } from "./column-quantiles.ts";
import { pickRows, rowsInside } from "./inside-prior.ts";
import type { Pool } from "./pool.ts";
import { ranges, type SimulateOptions, simulateBank } from "./simulate.ts";
import type { Control } from "./types.ts";

export interface TestSetOptions {
  /** Part of the prior that the network was trained on, and its size in numbers. */
  readonly region: Omit<SimulateOptions, "simulations" | "seed">;
  /** How the network's backgrounds were simulated; absent: there are none. */
  readonly background?: BackgroundLaw | undefined;
  readonly spectra: number;
  /** Draws of each posterior. */
  readonly samples: number;
  /** Of the training; the test set has another one, made of it. */
  readonly seed: number;
}

/** How one parameter comes back; in log10 where its prior is logarithmic. */
export interface TestedParameter {
  readonly name: string;
  readonly logarithmic: boolean;
  readonly recovered: Recovered;
  /** Absent where the true values do not allow a line (fewer than 3 spectra). */
  readonly throughOrigin?: OriginSlope;
  readonly line?: FittedLine;
  /** Share of true values inside the central 68 and 90 % intervals. */
  readonly coverage68: number;
  readonly coverage90: number;
}

export interface TestedNetwork {
  readonly spectra: number;
  readonly samples: number;
  readonly seed: number;
  /** Mean of -ln q(theta | counts) at the true parameters, declared units, nats. */
  readonly heldOutLoss: number;
  readonly parameters: readonly TestedParameter[];
}

const LEVELS = [0.05, 0.158655, 0.5, 0.841345, 0.95];
/** Spectra whose draws are held at a time. */
const BATCH = 32;

/** Seed of the test set of a training. */
export function testSeed(seed: number): number {
  return Math.floor(stream(seed, "test/seed").uniform() * 2 ** 52);
}

/**
 * Recovery of spectra that the open posterior has not seen: parameters from the region of the training, Poisson counts, medians and intervals
 * of the network's own draws inside the prior (nothing is refined). As the in-out plots of Barret & Dupourque 2024, figs 5, 8, 12.
 *
 * Uses the ranks' bank: that of the training is gone afterwards.
 */
export async function testNetwork(
  pool: Pool,
  prior: JointPrior,
  { region, background, spectra, samples, seed: trained }: TestSetOptions,
  { onProgress }: Control = {},
): Promise<TestedNetwork> {
  const D = prior.priors.length;
  const L = dataLength(region.bins, background);
  const seed = testSeed(trained);
  const { theta: truth } = await simulateBank(pool, { ...region, simulations: spectra, seed });
  const found = new Float64Array(spectra * D * LEVELS.length);
  let loss = 0;
  for (const { from, to } of ranges(spectra, BATCH)) {
    const counts = await pool.run(0, { kind: "counts", seed, name: "noise/test", from, to, background });
    const row = (i: number) => Float64Array.from(counts.subarray((i - from) * L, (i - from + 1) * L));
    const rows = Array.from({ length: to - from }, (_, k) => from + k);
    const drawn = await pool.map(
      rows.map((i) => ({
        kind: "sample" as const,
        counts: row(i),
        seed,
        first: i * samples,
        count: samples,
      })),
    );
    const atTruth = await pool.map(
      rows.map((i) => ({ kind: "logProb" as const, counts: row(i), theta: truth.slice(i * D, (i + 1) * D) })),
    );
    for (const [k, i] of rows.entries()) {
      const inside = pickRows(drawn[k].theta, rowsInside(drawn[k].theta, prior), D);
      const quantiles = columnQuantiles(inside, D, LEVELS);
      found.set(quantiles.flat(), i * D * LEVELS.length);
      loss -= atTruth[k][0] / spectra;
    }
    onProgress?.({ stage: "test", done: to, total: spectra });
  }
  const parameters = prior.priors.map(({ logarithmic }, d) =>
    tested(
      prior.names[d],
      logarithmic,
      (i) => truth[i * D + d],
      (i, l) => found[(i * D + d) * LEVELS.length + l],
      spectra,
    ),
  );
  return { spectra, samples, seed, heldOutLoss: loss, parameters };
}

function tested(
  name: string,
  logarithmic: boolean,
  truthAt: (i: number) => number,
  quantileAt: (i: number, level: number) => number,
  spectra: number,
): TestedParameter {
  const scale = logarithmic ? Math.log10 : (v: number) => v;
  // A posterior without any draw inside the prior, or of no width, has nothing to say.
  const usable = Array.from({ length: spectra }, (_, i) => i).filter(
    (i) => quantileAt(i, 3) > quantileAt(i, 1),
  );
  const truth = Float64Array.from(usable, (i) => scale(truthAt(i)));
  const level = (l: number) => Float64Array.from(usable, (i) => scale(quantileAt(i, l)));
  const recovered = { truth, median: level(2), low: level(1), high: level(3) };
  const covered = (low: Float64Array, high: Float64Array) =>
    truth.reduce((sum, t, i) => (t >= low[i] && t <= high[i] ? sum + 1 : sum), 0) / spectra;
  return {
    name,
    logarithmic,
    recovered,
    ...(usable.length > 2 && { throughOrigin: slopeThroughOrigin(recovered), line: fittedLine(recovered) }),
    coverage68: covered(recovered.low, recovered.high),
    coverage90: covered(level(0), level(4)),
  };
}
