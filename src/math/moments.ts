/** Weighted means (D) of the columns of a row-major sample (N, D): sum w x / sum w; weights default to 1. */
export function columnMeans(
  x: ArrayLike<number>,
  n: number,
  d: number,
  weights?: ArrayLike<number>,
): Float64Array {
  const mean = new Float64Array(d);
  let total = 0;
  for (let i = 0; i < n; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    if (weight === 0) continue;
    total += weight;
    // Running form: no overflow, and a constant column has exactly its own mean.
    for (let j = 0; j < d; j++) mean[j] += (weight / total) * (x[i * d + j] - mean[j]);
  }
  return mean;
}

/**
 * Weighted covariance (D, D) of a row-major sample (N, D): sum w (x - m)(x - m)^T / sum w, m the weighted mean.
 * Without correction for the fitted mean (N, not N - 1), so that equal weights and none agree.
 */
export function covariance(
  x: ArrayLike<number>,
  n: number,
  d: number,
  weights?: ArrayLike<number>,
): Float64Array {
  const mean = columnMeans(x, n, d, weights);
  const sums = new Float64Array(d * d);
  const residual = new Float64Array(d);
  let total = 0;
  for (let i = 0; i < n; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    if (weight === 0) continue;
    total += weight;
    for (let j = 0; j < d; j++) residual[j] = x[i * d + j] - mean[j];
    for (let j = 0; j < d; j++) {
      for (let k = 0; k <= j; k++) sums[j * d + k] += weight * residual[j] * residual[k];
    }
  }
  for (let j = 0; j < d; j++) {
    for (let k = 0; k <= j; k++) {
      sums[j * d + k] /= total;
      sums[k * d + j] = sums[j * d + k];
    }
  }
  return sums;
}
