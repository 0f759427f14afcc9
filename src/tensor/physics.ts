import type { VectorMath } from "../math/vector.ts";
import type { BandMatrix } from "./physics-band.ts";
import { createPhysicsCore } from "./physics-core.ts";
import { deviances } from "./physics-cstat.ts";
import { type BandFold, createFold, type FoldOptions } from "./physics-fold.ts";
import type { AnyArray } from "./physics-place.ts";
import { poisson, type StreamKey, uniform } from "./physics-poisson.ts";
import { drawAndProject, type Projection, project } from "./physics-project.ts";
import { applyTo, createVectorMath } from "./physics-vector.ts";

export type { BandMatrix } from "./physics-band.ts";
export { type BandFold, type FoldOptions, foldBytes } from "./physics-fold.ts";

export type { StreamKey } from "./physics-poisson.ts";

export type { Projection } from "./physics-project.ts";

export interface PhysicsOptions {
  /**
   * Size of the kernels' memory, reserved at once and never grown; pages that are not used cost nothing.
   * Default 256 MiB.
   */
  readonly memoryBytes?: number;
}

/**
 * The simulator's kernels: WebAssembly (plain SIMD) with exp, log and random numbers of its own, so that
 * every result has the same bits in Node and in every browser. Arrays may lie anywhere; those made by
 * `vector.alloc` are used without copies.
 */
export interface PhysicsKernels {
  /**
   * exp for spectral models: relative error below 1e-14, subnormal results included; exp(-Infinity) = 0,
   * exp(NaN) = NaN.
   */
  readonly vector: VectorMath;
  /** out[i] = ln x[i], error below 1 ulp; -Infinity at 0, NaN below. */
  log(out: Float64Array, x: Float64Array): void;
  /** Gives an array of `vector.alloc` back. */
  release(array: Float64Array): void;
  createFold(band: BandMatrix, options?: FoldOptions): BandFold;
  /** The first out.length uniforms of `stream(seed, name, firstIndex)` of math/random.ts, bit for bit. */
  uniform(out: Float64Array, key: StreamKey): void;
  /**
   * Draws counts out[i, c] with means mu[i, c], (n, C) both; an exact sampler (inversion below mean 10,
   * Hoermann's PTRS above). Row i uses `stream(seed, name, firstIndex + i)`, so that no draw depends on the
   * cutting into batches. InputError where a mean is negative, NaN or infinite.
   */
  poisson(out: AnyArray, mu: Float64Array | Float32Array, n: number, key: StreamKey): void;
  /**
   * Linear statistics of counts (n, C) on a basis (C, K), for example sufficient ones: features (n, K) and
   * totals (n), summed in float64 in order of the bins.
   */
  project(out: Projection, counts: AnyArray, basis: Float64Array, n: number): void;
  /**
   * `poisson` followed by `project`, with the same bits, without keeping the counts: fresh noise for
   * training.
   */
  drawAndProject(
    out: Projection,
    mu: Float64Array | Float32Array,
    basis: Float64Array,
    n: number,
    key: StreamKey,
  ): void;
  /**
   * C-stat of expected counts mu (n, C) against `counts` (C):  out[i] = 2 sum_c m - s + s ln(s / m), m =
   * max(mu, 1e-5) as in XSPEC. Relative error below 1e-10 (of the larger of the statistic and the counts'
   * rounding, 1e-16 s). NaN where a mean is NaN.
   */
  cstat(out: Float64Array, mu: AnyArray, counts: AnyArray, n: number): void;
  /** log L = -C/2 of each row of mu (n, C) against its own row of counts (n, C). */
  logLike(out: Float64Array, mu: AnyArray, counts: AnyArray, n: number): void;
}

/**
 * Kernels with a memory of their own: one set a worker. Error where an allocation no longer fits, saying what
 * to do.
 */
export function createPhysicsKernels(options: PhysicsOptions = {}): PhysicsKernels {
  const { memoryBytes = 256 * 2 ** 20 } = options;
  const core = createPhysicsCore(memoryBytes);
  return {
    vector: createVectorMath(core),
    log: (out, x) => applyTo(core, core.kernels.logArray, out, x),
    release: (array) => core.heap.release(array.byteOffset),
    uniform: (out, key) => uniform(core, out, key),
    poisson: (out, mu, n, key) => poisson(core, out, mu, n, key),
    project: (out, counts, basis, n) => project(core, out, counts, basis, n),
    drawAndProject: (out, mu, basis, n, key) => drawAndProject(core, out, mu, basis, n, key),
    cstat: (out, mu, counts, n) => deviances(core, out, mu, counts, n, 2),
    logLike: (out, mu, counts, n) => deviances(core, out, mu, counts, n, -1),
    createFold: (band, foldOptions) => createFold(core, band, foldOptions),
  };
}
