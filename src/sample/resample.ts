import type { Rng } from "../math/rng.ts";

/**
 * Indices (M) of an equally weighted sample drawn from weighted points (N), ascending: systematic resampling, so that point
 * i comes floor or ceil of M w_i / sum w times.
 */
export function resample(weights: ArrayLike<number>, m: number, rng: Rng): Uint32Array {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i];
  const indices = new Uint32Array(m);
  const offset = rng.uniform();
  let at = 0;
  let below = weights[0];
  for (let k = 0; k < m; k++) {
    const level = ((k + offset) / m) * total;
    while (below < level && at < weights.length - 1) below += weights[++at];
    indices[k] = at;
  }
  return indices;
}
