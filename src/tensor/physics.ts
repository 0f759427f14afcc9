import type { VectorMath } from "../math/vector.ts";
import type { BandMatrix } from "./physics-band.ts";
import { createPhysicsCore } from "./physics-core.ts";
import { type BandFold, createFold, type FoldOptions } from "./physics-fold.ts";
import { type CountArray, poisson, type StreamKey, uniform } from "./physics-poisson.ts";
import { applyTo, createVectorMath } from "./physics-vector.ts";

export type { BandMatrix } from "./physics-band.ts";
export type { BandFold, FoldOptions } from "./physics-fold.ts";

export type { CountArray, StreamKey } from "./physics-poisson.ts";

export interface PhysicsOptions {
  /** Size of the kernels' memory, reserved at once and never grown; pages that are not used cost nothing. Default 256 MiB. */
  readonly memoryBytes?: number;
}

/**
 * The simulator's kernels: WebAssembly (plain SIMD) with exp, log and random numbers of its own, so that every result has the same
 * bits in Node and in every browser. Arrays may lie anywhere; those made by `vector.alloc` are used without copies.
 */
export interface PhysicsKernels {
  /** exp for spectral models: relative error below 1e-14, subnormal results included; exp(-Infinity) = 0, exp(NaN) = NaN. */
  readonly vector: VectorMath;
  /** out[i] = ln x[i], error below 1 ulp; -Infinity at 0, NaN below. */
  log(out: Float64Array, x: Float64Array): void;
  /** Gives an array of `vector.alloc` back. */
  release(array: Float64Array): void;
  createFold(band: BandMatrix, options?: FoldOptions): BandFold;
  /** The first out.length uniforms of `stream(seed, name, firstIndex)` of math/random.ts, bit for bit. */
  uniform(out: Float64Array, key: StreamKey): void;
  /**
   * Draws counts out[i, c] with means mu[i, c], (n, C) both; an exact sampler (inversion below mean 10, Hoermann's PTRS above). Row i
   * uses `stream(seed, name, firstIndex + i)`, so that no draw depends on the cutting into batches.
   * InputError where a mean is negative, NaN or infinite.
   */
  poisson(out: CountArray, mu: Float64Array | Float32Array, n: number, key: StreamKey): void;
}

/** Kernels with a memory of their own: one set a worker. Error where an allocation no longer fits, saying what to do. */
export function createPhysicsKernels(options: PhysicsOptions = {}): PhysicsKernels {
  const { memoryBytes = 256 * 2 ** 20 } = options;
  const core = createPhysicsCore(memoryBytes);
  return {
    vector: createVectorMath(core),
    log: (out, x) => applyTo(core, core.kernels.logArray, out, x),
    release: (array) => core.heap.release(array.byteOffset),
    uniform: (out, key) => uniform(core, out, key),
    poisson: (out, mu, n, key) => poisson(core, out, mu, n, key),
    createFold: (band, foldOptions) => createFold(core, band, foldOptions),
  };
}
