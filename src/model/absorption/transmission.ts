import type { VectorMath } from "../../math/vector.ts";
import { scaleInto } from "../array-loops.ts";

/** out (E) = exp(-nH sigma) with nH in 1e22 cm-2 and sigma (E) in 1e-22 cm2. */
export function transmission(out: Float64Array, nH: number, sigma: Float64Array, vector: VectorMath): void {
  scaleInto(out, -nH, sigma);
  vector.exp(out, out);
}
