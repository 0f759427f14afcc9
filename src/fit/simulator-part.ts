import type { Evaluate } from "../model/types.ts";
import { type Statistic, statistic } from "../observe/statistic.ts";
import type { Folding, Observation, StatisticName } from "../observe/types.ts";
import type { BandFold, BandMatrix, PhysicsKernels } from "../tensor/physics.ts";
import type { ProblemSpec } from "./problem.ts";

/** Spectra folded together. */
export const BATCH = 16;

/** What belongs to one observation. */
export interface Part {
  readonly bins: number;
  /** Of the expected counts of the part that follows, what this one expects besides its own (C): its jointly fitted background. */
  readonly behind?: Float64Array;
  readonly evaluate: Evaluate;
  observation: Observation;
  counts: Float64Array;
  statistic: Statistic;
  exact: BandFold;
  readonly quick: BandFold;
  /** Expected counts summed over the bins, and those of the part before that expects a share of them, per photon of each energy (E). */
  readonly columnSum: Float64Array;
  /** (BATCH, E) and its rows. */
  readonly photons: Float64Array;
  readonly rows: readonly Float64Array[];
  /** (BATCH, C) and its rows. */
  readonly mu: Float64Array;
  readonly muRows: readonly Float64Array[];
}

/** The parts of a problem's observations. */
export function makeParts(
  spec: Pick<ProblemSpec, "observations" | "statistic">,
  kernels: PhysicsKernels,
  prepare: (observation: Observation) => Evaluate,
): Part[] {
  const { observations } = spec;
  return observations.map((observation, k) =>
    makePart(observation, spec, kernels, prepare(observation), observations[k - 1]?.behind?.ratio),
  );
}

function makePart(
  observation: Observation,
  spec: Pick<ProblemSpec, "statistic">,
  kernels: PhysicsKernels,
  evaluate: Evaluate,
  shared: Float64Array | undefined,
): Part {
  const { folding, scale, behind } = observation;
  const C = scale.length;
  const E = folding.edges.length - 1;
  const band = scaledBand(folding, scale);
  const columnSum = new Float64Array(E);
  for (let c = 0; c < C; c++)
    for (let i = 0; i < folding.length[c]; i++)
      columnSum[folding.start[c] + i] += band.values[folding.offset[c] + i] * (1 + (shared?.[c] ?? 0));
  const photons = kernels.vector.alloc(BATCH * E);
  const mu = kernels.vector.alloc(BATCH * C);
  const slice = (array: Float64Array, size: number) =>
    Array.from({ length: BATCH }, (_, b) => array.subarray(b * size, (b + 1) * size));
  return {
    bins: C,
    ...(behind && { behind: behind.ratio }),
    observation,
    counts: observation.counts,
    evaluate,
    statistic: statistic(spec.statistic, observation),
    exact: kernels.createFold(band),
    quick: kernels.createFold(band, { precision: "float32" }),
    columnSum,
    photons,
    rows: slice(photons, E),
    mu,
    muRows: slice(mu, C),
  };
}

/** Expected counts of each bin per photon of each energy. */
export function scaledBand(folding: Folding, scale: Float64Array): BandMatrix {
  const { start, length, offset } = folding;
  const values = folding.values.slice();
  for (let c = 0; c < scale.length; c++)
    for (let k = offset[c]; k < offset[c + 1]; k++) values[k] *= scale[c];
  return { start, length, offset, values, columns: folding.edges.length - 1 };
}

/** What the parts compare with a model where `data` - source counts (C), or source and background counts (2C) - stand in for the observed ones. */
export function foreign(
  parts: readonly Part[],
  name: StatisticName,
  data: Float64Array,
): Pick<Part, "counts" | "statistic">[] {
  if (name === "chi") throw new Error("internal: chi of other counts than the observed ones");
  const C = parts.reduce((sum, { bins }) => sum + bins, 0);
  let at = 0;
  return parts.map(({ bins, observation }) => {
    const counts = data.subarray(at, at + bins);
    const behind = data.length > C ? data.subarray(C + at, C + at + bins) : undefined;
    at += bins;
    const { background } = observation;
    const other = background && { background: { ...background, counts: behind ?? background.counts } };
    return { counts, statistic: statistic(name, { ...observation, counts, ...other }) };
  });
}

/** Adds the part's ln likelihood of its folded batch to out. */
export function addLogLike(
  out: Float64Array,
  from: number,
  batch: number,
  part: Part,
  { counts, statistic: own }: Pick<Part, "counts" | "statistic">,
  kernels: PhysicsKernels,
): void {
  if (own.name !== "cstat") {
    for (let b = 0; b < batch; b++) out[from + b] -= 0.5 * own.value(part.muRows[b]);
    return;
  }
  const value = new Float64Array(batch);
  kernels.cstat(value, part.mu.subarray(0, batch * part.bins), counts, batch);
  for (let b = 0; b < batch; b++) out[from + b] -= 0.5 * value[b];
}

/** Folds the batch of every part into its `mu`, jointly fitted backgrounds included. */
export function foldParts(parts: readonly Part[], which: "exact" | "quick", batch: number): void {
  for (let k = parts.length - 1; k >= 0; k--) {
    const { mu, photons, behind, bins } = parts[k];
    parts[k][which].fold(mu, photons, batch);
    if (behind === undefined) continue;
    const background = parts[k + 1].mu;
    for (let b = 0; b < batch; b++)
      for (let c = 0; c < bins; c++) mu[b * bins + c] += behind[c] * background[b * bins + c];
  }
}

/** Folds the batch of every part into rows `from` .. of out (n, C). */
export function foldBatch(
  parts: readonly Part[],
  which: "exact" | "quick",
  out: Float64Array,
  from: number,
  batch: number,
  C: number,
): void {
  foldParts(parts, which, batch);
  let at = 0;
  for (const part of parts) {
    for (let b = 0; b < batch; b++) out.set(part.muRows[b], (from + b) * C + at);
    at += part.bins;
  }
}

export function scaleRow(row: Float64Array, factor: number): void {
  for (let e = 0; e < row.length; e++) row[e] *= factor;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  let i = 0;
  for (; i + 1 < a.length; i += 2) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
  }
  if (i < a.length) s0 += a[i] * b[i];
  return s0 + s1;
}
