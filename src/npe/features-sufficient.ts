import type { Standardisation } from "./features-moments.ts";

/** Projections (x . b_k) / sum(x) on the K columns of a basis (`sufficientBasis`), and ln(sum(x) + 1/2). */
export interface SufficientFeatures extends Standardisation {
  readonly kind: "sufficient";
  /** (C, K). */
  readonly basis: Float64Array;
}

/** Projections (n, K) of counts (n, C) on the columns of a basis (C, K), and the total counts (n). */
export function projectCounts(
  basis: Float64Array,
  counts: ArrayLike<number>,
  C: number,
): { projections: Float64Array; totals: Float64Array } {
  const n = counts.length / C;
  const K = basis.length / C;
  const projections = new Float64Array(n * K);
  const totals = new Float64Array(n);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < C; c++) {
      const x = counts[i * C + c];
      if (x === 0) continue;
      totals[i] += x;
      for (let k = 0; k < K; k++) projections[i * K + k] += x * basis[c * K + k];
    }
  return { projections, totals };
}

/** Unstandardised sufficient features (n, K + 1) of projections (n, K) and totals (n). */
export function sufficientFeatures(projections: Float64Array, totals: Float64Array, K: number): Float64Array {
  const F = K + 1;
  const out = new Float64Array(totals.length * F);
  for (let i = 0; i < totals.length; i++) {
    const total = Math.max(totals[i], 1);
    for (let k = 0; k < K; k++) out[i * F + k] = projections[i * K + k] / total;
    out[i * F + K] = Math.log(totals[i] + 0.5);
  }
  return out;
}
