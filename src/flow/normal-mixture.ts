import type { Rng } from "../math/index.ts";

/** sum_k weight_k N(mean_k, (L_k^T L_k)^-1) over D dimensions. */
export interface NormalMixture {
  readonly dimensions: number;
  readonly weight: Float64Array;
  /** log weight_k + log det L_k - D/2 log(2 pi). */
  readonly constant: Float64Array;
  /** (K, D). */
  readonly mean: Float64Array;
  /** (K, D (D + 1) / 2), rows of the lower triangles of L. */
  readonly factor: Float64Array;
}

const FLOOR = 1e-3;
const softplus = (u: number): number => Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u)));

/** The mixture of raw network outputs, component by component: a logit, D means, the lower triangle of L with diagonal softplus + 1e-3. */
export function normalMixture(raw: ArrayLike<number>, D: number): NormalMixture {
  const T = (D * (D + 1)) / 2;
  const K = raw.length / (1 + D + T);
  const [weight, constant] = [new Float64Array(K), new Float64Array(K)];
  const [mean, factor] = [new Float64Array(K * D), new Float64Array(K * T)];
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < K; k++) most = Math.max(most, raw[k * (1 + D + T)]);
  let sum = 0;
  for (let k = 0; k < K; k++) {
    let at = k * (1 + D + T);
    sum += weight[k] = Math.exp(raw[at++] - most);
    for (let d = 0; d < D; d++) mean[k * D + d] = raw[at++];
    for (let i = 0, t = k * T; i < D; i++)
      for (let j = 0; j <= i; j++, t++, at++) {
        factor[t] = j < i ? raw[at] : softplus(raw[at]) + FLOOR;
        if (j === i) constant[k] += Math.log(factor[t]);
      }
  }
  for (let k = 0; k < K; k++) {
    weight[k] /= sum;
    constant[k] += Math.log(weight[k]) - (D / 2) * Math.log(2 * Math.PI);
  }
  return { dimensions: D, weight, constant, mean, factor };
}

/** log density at theta (D). */
export function mixtureLogProb(
  { dimensions: D, constant, mean, factor }: NormalMixture,
  theta: ArrayLike<number>,
): number {
  const K = constant.length;
  const T = (D * (D + 1)) / 2;
  let most = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (let k = 0; k < K; k++) {
    let log = constant[k];
    for (let i = 0, t = k * T; i < D; i++) {
      let u = 0;
      for (let j = 0; j <= i; j++) u += factor[t++] * (theta[j] - mean[k * D + j]);
      log -= 0.5 * u * u;
    }
    if (log > most) {
      sum = sum * Math.exp(most - log) + 1;
      most = log;
    } else sum += Math.exp(log - most);
  }
  return most + Math.log(sum);
}

/** Writes one draw (D): a component by its weight, then mean + L^-1 n with a standard normal n. */
export function drawMixture(
  out: Float32Array,
  { dimensions: D, weight, mean, factor }: NormalMixture,
  rng: Rng,
): void {
  const T = (D * (D + 1)) / 2;
  let k = 0;
  for (let u = rng.uniform() - weight[0]; u > 0 && k + 1 < weight.length; ) u -= weight[++k];
  for (let i = 0, t = k * T; i < D; i++) {
    let rest = rng.normal();
    for (let j = 0; j < i; j++) rest -= factor[t++] * (out[j] - mean[k * D + j]);
    out[i] = mean[k * D + i] + rest / factor[t++];
  }
}
