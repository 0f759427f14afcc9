/**
 * Element-wise functions over long arrays. The plain version is the reference; an accelerated one
 * (WebAssembly) is handed in by whoever has it, so that spectral models need not know of it.
 */
export interface VectorMath {
  /** A zeroed array of n numbers, placed where this implementation computes fastest. */
  alloc(n: number): Float64Array;
  /** out[i] = exp(x[i]). `out` may be `x`. Relative error below 1e-14. */
  exp(out: Float64Array, x: Float64Array): void;
}

export const plainVectorMath: VectorMath = {
  alloc: (n) => new Float64Array(n),
  exp(out, x) {
    for (let i = 0; i < x.length; i++) out[i] = Math.exp(x[i]);
  },
};
