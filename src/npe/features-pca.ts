import { symmetricEigen } from "../math/symmetric-eigen.ts";
import { featureMoments, type Standardisation } from "./features-moments.ts";

/** Leading principal components of the counts, each bin standardised first (Barret & Dupourque 2024, section 7). */
export interface PcaFeatures extends Standardisation {
  readonly kind: "pca";
  /** Fraction of the variance kept. */
  readonly fraction: number;
  /** (C, K): principal directions over the bins' standard deviations, to be applied to the counts as they are. */
  readonly basis: Float64Array;
}

/**
 * The least number of principal components of standardised bins that keep a fraction of the variance:
 *
 *   y_c = (x_c - mean_c) / sd_c,   1/N sum y y^T = V diag(lambda) V^T,   sum_{k <= K} lambda_k >= fraction sum lambda
 *
 * Every bin that varies counts alike, be it bright or nearly empty, so that Poisson noise takes a good part of the components.
 *
 * @param counts (N, C) with their noise
 * @returns basis (C, K), column k holding v_k / sd; bins that never vary have zeros. At least one component.
 */
export function pcaBasis(counts: ArrayLike<number>, C: number, fraction: number): Float64Array {
  const { mean, sd } = featureMoments(Float64Array.from(counts), C);
  const gram = correlation(counts, C, mean, sd);
  const { values, vectors } = symmetricEigen(gram, C);
  const total = values.reduce((sum, v) => sum + Math.max(0, v), 0);
  let K = 0;
  for (let kept = 0; K < C && (K === 0 || kept < fraction * total); K++) kept += Math.max(0, values[K]);
  const basis = new Float64Array(C * K);
  for (let c = 0; c < C; c++)
    if (gram[c * C + c] > 0) for (let k = 0; k < K; k++) basis[c * K + k] = vectors[k * C + c] / sd[c];
  return basis;
}

/** 1/N sum y y^T (C, C), lower triangle, four rows at a time. */
function correlation(
  counts: ArrayLike<number>,
  C: number,
  mean: Float64Array,
  sd: Float64Array,
): Float64Array {
  const N = counts.length / C;
  const gram = new Float64Array(C * C);
  const rows = Array.from({ length: 4 }, () => new Float64Array(C));
  const [p, q, r, s] = rows;
  for (let n = 0; n < N; n += 4) {
    for (const [j, row] of rows.entries())
      for (let c = 0; c < C; c++)
        row[c] = n + j < N ? (counts[(n + j) * C + c] - mean[c]) / sd[c] / Math.sqrt(N) : 0;
    for (let a = 0; a < C; a++) {
      const [pa, qa, ra, sa] = [p[a], q[a], r[a], s[a]];
      for (let b = 0, k = a * C; b <= a; b++, k++) gram[k] += pa * p[b] + qa * q[b] + ra * r[b] + sa * s[b];
    }
  }
  return gram;
}
