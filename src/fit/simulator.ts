import { stream } from "../math/random.ts";
import { parseExpression } from "../model/expression.ts";
import { linkParameters } from "../model/links.ts";
import type { OpenRegion } from "../npe/region.ts";
import { type CountsWindow, isEverything } from "../npe/window.ts";
import { statistic } from "../observe/statistic.ts";
import type { Folding, Observation } from "../observe/types.ts";
import { samplePrior } from "../prior/joint.ts";
import type { JointPrior } from "../prior/types.ts";
import { createPhysicsKernels, type PhysicsKernels, type PhysicsOptions } from "../tensor/physics.ts";
import { binCount, modelOf, type ProblemSpec, problemPrior } from "./problem.ts";
import { regionRows } from "./region-rows.ts";
import { drawRestricted, soleNorm } from "./restricted-draw.ts";
import {
  addLogLike,
  BATCH,
  dot,
  foldBatch,
  foldParts,
  foreign,
  makeParts,
  scaledBand,
  scaleRow,
} from "./simulator-part.ts";

/** Parameters and noise-free counts of the draws that were kept out of `tried` attempts. */
export interface Simulated {
  readonly tried: number;
  /** (n, D) and (n, C). */
  readonly theta: Float64Array;
  readonly mu: Float32Array;
}

/** What is measured, and may be exchanged while the set-up stays: all arrays are in the bins of the observation (C). */
export type Measured = Pick<Observation, "counts" | "variance" | "modelVariance" | "background">;

/** The forward model and likelihood of a problem, on the kernels of one thread. */
export interface Simulator {
  readonly prior: JointPrior;
  readonly dimensions: number;
  readonly bins: number;
  readonly kernels: PhysicsKernels;
  /** Prior draws number first .. first+count-1 whose expected counts lie in the window, in order. */
  draw(
    seed: number,
    first: number,
    count: number,
    window: CountsWindow,
    /** Only inside the region; name of the random stream. */
    options?: { readonly region?: OpenRegion | undefined; readonly name?: string | undefined },
  ): Simulated;
  /** Expected source counts (n, C) of theta (n, D), in float64. */
  mu(theta: Float64Array): Float64Array;
  /**
   * ln likelihood (n) of theta (n, D): minus half the statistic, summed over the observations; for `data` in place of the observed
   * ones if given: source counts (C), or source and background counts (2C), whose scales and variances are those observed. Not for chi.
   */
  logLike(theta: Float64Array, data?: Float64Array): Float64Array;
  /** The same (n) at expected source counts mu (n, C). */
  logLikeOf(mu: Float64Array, data: Float64Array): Float64Array;
  /** Photons (E) of theta (D) on each observation's energies; valid until the next call of anything. */
  photons(theta: Float64Array): readonly Float64Array[];
  /** Puts other matrices, one an observation, in place of those of expected counts and likelihood. Draws keep the old ones. */
  refold(foldings: readonly Folding[]): void;
  /** Puts other data, one record an observation, in place of the observed ones of the likelihood. */
  observe(data: readonly Measured[]): void;
}

/**
 * Fills `point` (D) with a draw, `total` evaluating its spectrum and giving the expected counts; the factor by which that spectrum is to be
 * multiplied, undefined where the draw is not kept.
 */
type Attempt = (point: Float64Array, i: number, total: (point: Float64Array) => number) => number | undefined;

export function createSimulator(spec: ProblemSpec, options: PhysicsOptions = {}): Simulator {
  const kernels = createPhysicsKernels(options);
  const expression = parseExpression(spec.model);
  const settings = { abund: spec.abund, xsect: spec.xsect, vector: kernels.vector };
  const prior = problemPrior(expression, spec.free);
  const norm = spec.links === undefined ? soleNorm(expression, prior) : undefined;
  const D = spec.free.length;
  const C = binCount(spec.observations);
  const parts = makeParts(spec, kernels, ({ isBackground, folding }) =>
    modelOf(expression, isBackground).prepare(folding.edges, settings),
  );
  const paths = spec.free.map(({ path }) => path);
  const linked = linkParameters(expression, spec.values, paths, spec.links);
  const valuesOf = parts.map((_, k) => linked.rows[(spec.links?.groups[k] ?? 1) - 1]);

  const fill = (theta: Float64Array, row: number, slot: number) => {
    linked.set(theta, row);
    for (const [k, part] of parts.entries()) part.evaluate(part.rows[slot], valuesOf[k]);
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

  const totalAt = (at: Float64Array, slot = 0): number => {
    fill(at, 0, slot);
    const total = expected(slot);
    if (Number.isNaN(total)) throw notANumber(spec, at);
    return total;
  };

  /** Folds the points that `attempt` keeps out of `count`; it returns what the evaluated spectrum is to be multiplied by. */
  const collect = (count: number, attempt: Attempt) => {
    let kept = 0;
    const theta = new Float64Array(count * D);
    const folded = new Float64Array(count * C);
    const point = new Float64Array(D);
    let slot = 0;
    for (let i = 0; i < count; i++) {
      const factor = attempt(point, i, (at) => totalAt(at, slot));
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
    return { theta: theta.slice(0, kept * D), mu: Float32Array.from(folded.subarray(0, kept * C)) };
  };

  return {
    prior,
    dimensions: D,
    bins: C,
    kernels,
    mu,
    draw(seed, first, count, window, { region, name = "prior" } = {}) {
      const attempt = (point: Float64Array, i: number, total: (point: Float64Array) => number) =>
        drawRestricted(point, prior, window, norm, stream(seed, name, first + i), total);
      if (region === undefined) return { tried: count, ...collect(count, attempt) };
      const inside = regionRows(region, prior, count, {
        rng: (i) => stream(seed, name, first + i),
        whole: (point, i) => {
          if (!isEverything(window)) return attempt(point, i, totalAt) !== undefined;
          samplePrior(point, prior, stream(seed, name, first + i));
          return true;
        },
      });
      const kept = collect(inside.length / D, (point, i, total) => {
        point.set(inside.subarray(i * D, (i + 1) * D));
        const counts = total(point);
        return counts >= window.lower && counts <= window.upper ? 1 : undefined;
      });
      return { tried: count, ...kept };
    },
    logLikeOf(mu, data) {
      const n = mu.length / C;
      const out = new Float64Array(n);
      if (parts.every(({ statistic: { name } }) => name === "cstat")) {
        kernels.cstat(out, mu, data, n);
        return out.map((value) => -0.5 * value);
      }
      let at = 0;
      for (const { counts, statistic: one } of foreign(parts, spec.statistic, data)) {
        for (let i = 0; i < n; i++)
          out[i] -= 0.5 * one.value(mu.subarray(i * C + at, i * C + at + counts.length));
        at += counts.length;
      }
      return out;
    },
    logLike(theta, data) {
      const n = theta.length / D;
      const out = new Float64Array(n);
      const others = data && foreign(parts, spec.statistic, data);
      for (let from = 0; from < n; from += BATCH) {
        const batch = Math.min(BATCH, n - from);
        for (let b = 0; b < batch; b++) fill(theta, from + b, b);
        foldParts(parts, "exact", batch);
        for (const [k, part] of parts.entries())
          addLogLike(out, from, batch, part, others?.[k] ?? part, kernels);
      }
      for (let i = 0; i < n; i++)
        if (Number.isNaN(out[i])) throw notANumber(spec, theta.subarray(i * D, (i + 1) * D));
      return out;
    },
    photons(theta) {
      fill(theta, 0, 0);
      return parts.map((part) => part.rows[0]);
    },
    refold(foldings) {
      parts.forEach((part, k) => {
        part.exact.dispose();
        part.exact = kernels.createFold(scaledBand(foldings[k], spec.observations[k].scale));
      });
    },
    observe(data) {
      parts.forEach((part, k) => {
        const { background: _, ...rest } = spec.observations[k];
        part.observation = { ...rest, ...data[k] };
        part.counts = data[k].counts;
        part.statistic = statistic(spec.statistic, part.observation);
      });
    },
  };
}

function notANumber(spec: ProblemSpec, theta: ArrayLike<number>): Error {
  const at = spec.free.map(({ path }, d) => `${path} = ${theta[d]}`).join(", ");
  return new Error(`internal: ${spec.model} gives NaN at ${at}`);
}
