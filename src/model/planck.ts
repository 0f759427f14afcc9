import { lastAtMost } from "../math/index.ts";
import type { VectorMath } from "../math/vector.ts";

/**
 * Fills out (E) with scale x trapezoid over each bin of E^2/(exp(E/kT) - 1), energies stretch x edges (E+1), keV.
 *
 * XSPEC's rules: E kT in place of the fraction for E/kT <= 1e-4, and 0 for a bin whose upper edge lies beyond E/kT = 60.
 */
export function planckTrapezoid(
  edges: Float64Array,
  vector: VectorMath,
): (out: Float64Array, kT: number, scale: number, stretch?: number) => void {
  const count = edges.length;
  const work = vector.alloc(count);
  return (out, kT, scale, stretch = 1) => {
    const inverse = -stretch / kT;
    for (let i = 0; i < count; i++) work[i] = inverse * edges[i];
    vector.exp(work, work);
    const factor = 0.5 * scale * stretch ** 3;
    const short = (1e-4 * kT) / stretch;
    const end = Math.max(0, lastAtMost(edges, (60 * kT) / stretch));
    let left = density(edges[0], work[0], kT / stretch, short);
    for (let i = 0; i < end; i++) {
      const right = density(edges[i + 1], work[i + 1], kT / stretch, short);
      out[i] = factor * (left + right) * (edges[i + 1] - edges[i]);
      left = right;
    }
    out.fill(0, end);
  };
}

/** E^2/(exp(E/kT) - 1) from decay = exp(-E/kT). */
function density(energy: number, decay: number, kT: number, short: number): number {
  if (energy <= short) return energy * kT;
  return (energy * energy * decay) / (1 - decay);
}
