import type { Rng } from "../math/rng.ts";

/**
 * Gamma variate with shape a > 0 and scale 1 (Marsaglia & Tsang 2000, ACM TOMS 26, 363): d (1 + c n)^3 of a normal n,
 * accepted with probability exp(n^2/2 + d - d v + d ln v); below a = 1 by the boost u^(1/a).
 */
export function drawGamma(rng: Rng, a: number): number {
  if (a < 1) return drawGamma(rng, a + 1) * rng.uniform() ** (1 / a);
  const d = a - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const n = rng.normal();
    const v = (1 + c * n) ** 3;
    if (v <= 0) continue;
    if (Math.log(rng.uniform()) < 0.5 * n * n + d - d * v + d * Math.log(v)) return d * v;
  }
}
