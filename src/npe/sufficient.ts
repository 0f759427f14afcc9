import { symmetricEigen } from "../math/symmetric-eigen.ts";

/**
 * Linear statistics that are nearly sufficient for the parameters of a Poisson spectrum.
 *
 * The log-likelihood sum_i x_i ln mu_i(theta) - sum_i mu_i(theta) sees the counts only through their projections on the
 * family of curves ln mu(theta). So: ln mu of the noise-free spectra, without its weighted mean over the bins (the total
 * counts, a statistic of its own) and without its mean over the spectra (which says nothing about theta), each bin weighted
 * by the square root of its mean counts, so that a squared deviation is a chi-squared; then the leading right singular
 * vectors v_k, until the information dropped is below `dropped`:
 *
 *   0.5 sum_{k > K} s_k^2 / N  <  dropped  [nats],        b_k = v_k / sqrt(w)
 *
 * @param mu expected counts (N, C) of draws from the (restricted) prior
 * @returns basis (C, K) whose column k holds b_k; K >= 1
 */
export function sufficientBasis(
  mu: ArrayLike<number>,
  C: number,
  { dropped = 0.02, maximum = 40 }: { dropped?: number; maximum?: number } = {},
): Float64Array {
  const N = mu.length / C;
  const weight = new Float64Array(C);
  for (let i = 0; i < mu.length; i++) weight[i % C] += mu[i] / N;
  const gram = logGram(mu, C, weight);
  const { values, vectors } = symmetricEigen(gram, C);
  let rest = 0;
  for (const v of values) rest += Math.max(0, v);
  let K = 0;
  while (K < Math.min(maximum, C) && (K === 0 || 0.5 * rest >= dropped)) rest -= Math.max(0, values[K++]);
  const basis = new Float64Array(C * K);
  for (let c = 0; c < C; c++) {
    const scale = weight[c] > 0 ? 1 / Math.sqrt(weight[c]) : 0;
    for (let k = 0; k < K; k++) basis[c * K + k] = vectors[k * C + c] * scale;
  }
  return basis;
}

/** Mean over spectra of y y^T, y = sqrt(w) (ln mu - means) (C, C). */
function logGram(mu: ArrayLike<number>, C: number, weight: Float64Array): Float64Array {
  const N = mu.length / C;
  const y = new Float64Array(mu.length);
  const mean = new Float64Array(C);
  let total = 0;
  for (const w of weight) total += w;
  for (let n = 0; n < N; n++) {
    let centre = 0;
    for (let c = 0; c < C; c++) {
      // A bin that can be empty of photons would send the logarithm to -Infinity; a thousandth of its mean is as good as none.
      const v = Math.log(Math.max(mu[n * C + c], 1e-3 * weight[c], 1e-30));
      y[n * C + c] = v;
      centre += (weight[c] * v) / total;
    }
    for (let c = 0; c < C; c++) {
      y[n * C + c] -= centre;
      mean[c] += y[n * C + c] / N;
    }
  }
  const gram = new Float64Array(C * C);
  const row = new Float64Array(C);
  for (let n = 0; n < N; n++) {
    for (let c = 0; c < C; c++) row[c] = Math.sqrt(weight[c]) * (y[n * C + c] - mean[c]);
    for (let a = 0; a < C; a++) {
      const v = row[a] / N;
      for (let b = 0, k = a * C; b <= a; b++, k++) gram[k] += v * row[b];
    }
  }
  for (let a = 0; a < C; a++) for (let b = 0; b < a; b++) gram[b * C + a] = gram[a * C + b];
  return gram;
}
