import type { Standardisation } from "./features-moments.ts";

/** The counts x themselves ("raw"), or their Anscombe transform 2 sqrt(x + 3/8) ("sqrt"), whose Poisson variance is 1. */
export interface BinFeatures extends Standardisation {
  readonly kind: "raw" | "sqrt";
  /** Bins used: those that are not constant in the training set. */
  readonly used: Int32Array;
}

/** Unstandardised raw or Anscombe features (n, U) of the used bins of counts (n, C). */
export function binFeatures(
  kind: "raw" | "sqrt",
  used: Int32Array,
  counts: ArrayLike<number>,
  C: number,
): Float64Array {
  const n = counts.length / C;
  const U = used.length;
  const out = new Float64Array(n * U);
  for (let i = 0; i < n; i++)
    for (let u = 0; u < U; u++) {
      const x = counts[i * C + used[u]];
      out[i * U + u] = kind === "raw" ? x : 2 * Math.sqrt(Math.max(0, x) + 0.375);
    }
  return out;
}
