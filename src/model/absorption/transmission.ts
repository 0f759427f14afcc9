import type { VectorMath } from "../../math/vector.ts";

/** out (E) = exp(-nH sigma) with nH in 1e22 cm-2 and sigma (E) in 1e-22 cm2; sigma may change between calls. */
export function transmission(
  sigma: Float64Array,
  vector: VectorMath,
): (out: Float64Array, nH: number) => void {
  const work = vector.alloc(sigma.length);
  return (out, nH) => {
    for (let i = 0; i < work.length; i++) work[i] = -nH * sigma[i];
    vector.exp(work, work);
    out.set(work);
  };
}
