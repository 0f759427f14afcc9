import { symmetricEigen } from "./symmetric-eigen.ts";

/** A = sum_k s_k u_k v_k^T with the s_k descending; row k of `right` (K, C) is v_k, K = min(N, C). */
export interface ThinSvd {
  readonly singular: Float64Array;
  readonly right: Float64Array;
  readonly rank: number;
}

/** A^T A (C, C) of a row-major matrix (N, C), optionally with a weight per row (N). */
export function gramMatrix(
  a: ArrayLike<number>,
  n: number,
  c: number,
  weights?: ArrayLike<number>,
): Float64Array {
  const gram = new Float64Array(c * c);
  for (let row = 0; row < n; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    const start = row * c;
    for (let i = 0; i < c; i++) {
      const value = weight * a[start + i];
      if (value === 0) continue;
      const target = i * c;
      for (let j = 0; j <= i; j++) gram[target + j] += value * a[start + j];
    }
  }
  for (let i = 0; i < c; i++) for (let j = 0; j < i; j++) gram[j * c + i] = gram[i * c + j];
  return gram;
}

/**
 * Singular values and right singular vectors of a row-major matrix (N, C) from the eigenvectors of A^T A.
 * Fast for N >> C; squaring costs accuracy: singular values below 1e-7 of the largest are rounding noise, and `rank`
 * counts those above it. Left vectors, where needed: u_k = A v_k / s_k.
 */
export function thinSvd(a: ArrayLike<number>, n: number, c: number): ThinSvd {
  const { values, vectors } = symmetricEigen(gramMatrix(a, n, c), c);
  const kept = Math.min(n, c);
  const singular = Float64Array.from({ length: kept }, (_, k) => Math.sqrt(Math.max(0, values[k])));
  const rank = singular.filter((s) => s > 1e-7 * singular[0]).length;
  return { singular, right: vectors.slice(0, kept * c), rank };
}
