import type { Rng } from "../math/rng.ts";

/** How often each of n items is drawn in n draws with replacement (n). */
export function bootstrapCounts(n: number, rng: Rng): Float64Array {
  const counts = new Float64Array(n);
  for (let i = 0; i < n; i++) counts[Math.floor(rng.uniform() * n)]++;
  return counts;
}
