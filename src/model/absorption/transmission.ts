import type { VectorMath } from "../../math/vector.ts";

/** out (E) = exp(-nH sigma) with nH in 1e22 cm-2 and sigma (E) in 1e-22 cm2. */
export function transmission(out: Float64Array, nH: number, sigma: Float64Array, vector: VectorMath): void {
  for (let i = 0; i < out.length; i++) out[i] = -nH * sigma[i];
  vector.exp(out, out);
}
