import { logAddExp } from "../math/log-sum-exp.ts";
import type { ConditionalDensity } from "./posterior.ts";

/**
 * The mean of K densities:  q(z | x) = sum_k q_k(z | x) / K. Draw m comes from density m mod K and is number floor(m / K) of a stream
 * of that density's own, so that the same number gives the same draw however many are asked for at once. One density is itself.
 */
export function meanDensity(densities: readonly ConditionalDensity[]): ConditionalDensity {
  const K = densities.length;
  if (K === 1) return densities[0];
  const logProb = (z: Float64Array, x: Float64Array) => {
    const each = densities.map((density) => density.logProb(z, x));
    return each[0].map(
      (_, m) => each.reduce((sum, one) => logAddExp(sum, one[m]), Number.NEGATIVE_INFINITY) - Math.log(K),
    );
  };
  return {
    logProb,
    sample(x, n, { seed, name, first }) {
      const number = (k: number, m: number) => Math.ceil((m - k) / K);
      const parts = densities.map((density, k) => {
        const from = number(k, first);
        const count = number(k, first + n) - from;
        return {
          from,
          z: density.sample(x, count, { seed, name: `${name}/${k}`, first: from }).z,
        };
      });
      const D = parts.reduce((sum, { z }) => sum + z.length, 0) / n;
      const z = new Float64Array(n * D);
      for (let m = 0; m < n; m++) {
        const { z: own, from } = parts[(first + m) % K];
        const at = Math.floor((first + m) / K) - from;
        z.set(own.subarray(at * D, (at + 1) * D), m * D);
      }
      return { z, logProb: logProb(z, x) };
    },
  };
}
