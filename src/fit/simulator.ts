import { stream } from "../math/random.ts";
import { parseExpression } from "../model/expression.ts";
import { findParameter } from "../model/find-parameter.ts";
import type { Evaluate } from "../model/types.ts";
import type { CountsWindow } from "../npe/window.ts";
import { type Statistic, statistic } from "../observe/statistic.ts";
import type { Observation } from "../observe/types.ts";
import type { JointPrior } from "../prior/types.ts";
import { type BandFold, createPhysicsKernels, type PhysicsKernels } from "../tensor/physics.ts";
import { binCount, type ProblemSpec, problemPrior } from "./problem.ts";
import { drawRestricted, soleNorm } from "./restricted-draw.ts";

/** Parameters and noise-free counts of the draws that were kept out of `tried` attempts. */
export interface Simulated {
  readonly tried: number;
  /** (n, D) and (n, C). */
  readonly theta: Float64Array;
  readonly mu: Float32Array;
}

/** What is measured, and may be exchanged while the set-up stays: all arrays are in the bins of the observation (C). */
export type Measured = Pick<Observation, "counts" | "variance" | "background">;

/** The forward model and likelihood of a problem, on the kernels of one thread. */
export interface Simulator {
  readonly prior: JointPrior;
  readonly dimensions: number;
  readonly bins: number;
  readonly kernels: PhysicsKernels;
  /** Background counts and the source-to-background ratio of scales in each bin (C), where an observation has one. */
  readonly background?: { readonly counts: Float64Array; readonly ratio: Float64Array };
  /** Prior draws number first .. first+count-1 whose expected counts lie in the window, in order. */
  draw(seed: number, first: number, count: number, window: CountsWindow): Simulated;
  /** Expected source counts (n, C) of theta (n, D), in float64. */
  mu(theta: Float64Array): Float64Array;
  /**
   * ln likelihood (n) of theta (n, D): minus half the statistic, summed over the observations; for `counts` (C) in place of
   * the observed ones if given (C statistic only).
   */
  logLike(theta: Float64Array, counts?: Float64Array): Float64Array;
  /** Puts other data, one record an observation, in place of the observed ones of the likelihood. */
  observe(data: readonly Measured[]): void;
}

/** Spectra folded together. */
const BATCH = 16;

export function createSimulator(spec: ProblemSpec): Simulator {
  const kernels = createPhysicsKernels();
  const expression = parseExpression(spec.model);
  const settings = { abund: spec.abund, xsect: spec.xsect, vector: kernels.vector };
  const free = spec.free.map(({ path }) => findParameter(expression, path));
  const prior = problemPrior(expression, spec.free);
  const norm = soleNorm(expression, prior);
  const D = free.length;
  const C = binCount(spec.observations);
  const parts = spec.observations.map((observation) =>
    makePart(observation, spec, kernels, expression.prepare(observation.folding.edges, settings)),
  );
  const values = Float64Array.from(spec.values);
  const setFree = (theta: Float64Array, row: number) => {
    for (let d = 0; d < D; d++) values[free[d]] = theta[row * D + d];
  };

  const fill = (theta: Float64Array, row: number, slot: number) => {
    setFree(theta, row);
    for (const part of parts) part.evaluate(part.rows[slot], values);
  };
  const expected = (slot: number) =>
    parts.reduce((sum, part) => sum + dot(part.columnSum, part.rows[slot]), 0);

  const mu = (theta: Float64Array): Float64Array => {
    const n = theta.length / D;
    const out = new Float64Array(n * C);
    for (let from = 0; from < n; from += BATCH) {
      const batch = Math.min(BATCH, n - from);
      for (let b = 0; b < batch; b++) fill(theta, from + b, b);
      foldBatch(parts, "exact", out, from, batch, C);
    }
    return out;
  };

  return {
    prior,
    dimensions: D,
    bins: C,
    kernels,
    ...backgroundOf(spec.observations, C),
    mu,
    draw(seed, first, count, window) {
      let kept = 0;
      const theta = new Float64Array(count * D);
      const folded = new Float64Array(count * C);
      const point = new Float64Array(D);
      let slot = 0;
      for (let i = 0; i < count; i++) {
        const factor = drawRestricted(point, prior, window, norm, stream(seed, "prior", first + i), (at) => {
          theta.set(at, kept * D);
          fill(theta, kept, slot);
          const total = expected(slot);
          if (Number.isNaN(total)) throw notANumber(spec, at);
          return total;
        });
        if (factor === undefined) continue;
        theta.set(point, kept * D);
        if (factor !== 1) for (const part of parts) scaleRow(part.rows[slot], factor);
        kept++;
        slot++;
        if (slot === BATCH) {
          foldBatch(parts, "quick", folded, kept - slot, slot, C);
          slot = 0;
        }
      }
      if (slot > 0) foldBatch(parts, "quick", folded, kept - slot, slot, C);
      return {
        tried: count,
        theta: theta.slice(0, kept * D),
        mu: Float32Array.from(folded.subarray(0, kept * C)),
      };
    },
    logLike(theta, counts) {
      const n = theta.length / D;
      const out = new Float64Array(n);
      for (let from = 0; from < n; from += BATCH) {
        const batch = Math.min(BATCH, n - from);
        for (let b = 0; b < batch; b++) fill(theta, from + b, b);
        let at = 0;
        for (const part of parts) {
          part.exact.fold(part.mu, part.photons, batch);
          addLogLike(out, from, batch, part, counts?.subarray(at, at + part.bins), kernels);
          at += part.bins;
        }
      }
      for (let i = 0; i < n; i++)
        if (Number.isNaN(out[i])) throw notANumber(spec, theta.subarray(i * D, (i + 1) * D));
      return out;
    },
    observe(data) {
      parts.forEach((part, k) => {
        const { background: _, ...rest } = spec.observations[k];
        part.counts = data[k].counts;
        part.statistic = statistic(spec.statistic, { ...rest, ...data[k] });
      });
    },
  };
}

function backgroundOf(observations: readonly Observation[], C: number): Pick<Simulator, "background"> {
  if (observations.every(({ background }) => background === undefined)) return {};
  const counts = new Float64Array(C);
  const ratio = new Float64Array(C);
  let at = 0;
  for (const { background, scale } of observations) {
    if (background !== undefined) {
      counts.set(background.counts, at);
      ratio.set(
        scale.map((s, c) => s / background.scale[c]),
        at,
      );
    }
    at += scale.length;
  }
  return { background: { counts, ratio } };
}

/** What belongs to one observation. */
interface Part {
  readonly bins: number;
  readonly evaluate: Evaluate;
  counts: Float64Array;
  statistic: Statistic;
  readonly exact: BandFold;
  readonly quick: BandFold;
  /** Expected counts summed over the bins, per photon of each energy (E). */
  readonly columnSum: Float64Array;
  /** (BATCH, E) and its rows. */
  readonly photons: Float64Array;
  readonly rows: readonly Float64Array[];
  /** (BATCH, C) and its rows. */
  readonly mu: Float64Array;
  readonly muRows: readonly Float64Array[];
}

function makePart(
  observation: Observation,
  spec: ProblemSpec,
  kernels: PhysicsKernels,
  evaluate: Evaluate,
): Part {
  const { folding, scale } = observation;
  const C = scale.length;
  const E = folding.edges.length - 1;
  const values = folding.values.slice();
  const columnSum = new Float64Array(E);
  for (let c = 0; c < C; c++)
    for (let i = 0; i < folding.length[c]; i++) {
      const k = folding.offset[c] + i;
      values[k] *= scale[c];
      columnSum[folding.start[c] + i] += values[k];
    }
  const band = { start: folding.start, length: folding.length, offset: folding.offset, values, columns: E };
  const photons = kernels.vector.alloc(BATCH * E);
  const mu = kernels.vector.alloc(BATCH * C);
  const slice = (array: Float64Array, size: number) =>
    Array.from({ length: BATCH }, (_, b) => array.subarray(b * size, (b + 1) * size));
  return {
    bins: C,
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

/** Adds the part's ln likelihood of its folded batch to out. */
function addLogLike(
  out: Float64Array,
  from: number,
  batch: number,
  part: Part,
  counts: Float64Array | undefined,
  kernels: PhysicsKernels,
): void {
  if (part.statistic.name !== "cstat") {
    if (counts !== undefined)
      throw new Error("internal: other counts than the observed ones need the C statistic");
    for (let b = 0; b < batch; b++) out[from + b] -= 0.5 * part.statistic.value(part.muRows[b]);
    return;
  }
  const value = new Float64Array(batch);
  kernels.cstat(value, part.mu.subarray(0, batch * part.bins), counts ?? part.counts, batch);
  for (let b = 0; b < batch; b++) out[from + b] -= 0.5 * value[b];
}

/** Folds the batch of every part into rows `from` .. of out (n, C). */
function foldBatch(
  parts: readonly Part[],
  which: "exact" | "quick",
  out: Float64Array,
  from: number,
  batch: number,
  C: number,
): void {
  let at = 0;
  for (const part of parts) {
    part[which].fold(part.mu, part.photons, batch);
    for (let b = 0; b < batch; b++) out.set(part.muRows[b], (from + b) * C + at);
    at += part.bins;
  }
}

function scaleRow(row: Float64Array, factor: number): void {
  for (let e = 0; e < row.length; e++) row[e] *= factor;
}

function dot(a: Float64Array, b: Float64Array): number {
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

function notANumber(spec: ProblemSpec, theta: ArrayLike<number>): Error {
  const at = spec.free.map(({ path }, d) => `${path} = ${theta[d]}`).join(", ");
  return new Error(`internal: ${spec.model} gives NaN at ${at}`);
}
