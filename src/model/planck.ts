import { lastAtMost } from "../math/index.ts";
import type { VectorMath } from "../math/vector.ts";
import { scaleInto } from "./array-loops.ts";

/**
 * Fills out (E) with scale x trapezoid over each bin of E^2/(exp(E/kT) - 1), energies stretch x edges (E+1), keV.
 *
 * XSPEC's rules: E kT in place of the fraction for E/kT <= 1e-4, and 0 for a bin whose upper edge lies beyond E/kT = 60.
 */
export function planckTrapezoid(
  edges: Float64Array,
  vector: VectorMath,
): (out: Float64Array, kT: number, scale: number, stretch?: number) => void {
  const work = vector.alloc(edges.length);
  const squares = edges.map((energy) => energy * energy);
  const widths = Float64Array.from({ length: edges.length - 1 }, (_, i) => edges[i + 1] - edges[i]);
  return (out, kT, scale, stretch = 1) => {
    scaleInto(work, -stretch / kT, edges);
    vector.exp(work, work);
    densities(work, edges, squares, kT / stretch);
    const end = Math.max(0, lastAtMost(edges, (60 * kT) / stretch));
    trapezoids(out, work, widths, 0.5 * scale * stretch ** 3, Math.min(end, widths.length));
    out.fill(0, end);
  };
}

/** work[i], exp(-E/kT) of an edge, becomes E^2/(exp(E/kT) - 1). Two edges a turn, as in array-loops.ts. */
function densities(work: Float64Array, edges: Float64Array, squares: Float64Array, kT: number): void {
  const count = work.length;
  const short = lastAtMost(edges, 1e-4 * kT) + 1;
  for (let i = 0; i < short; i++) work[i] = edges[i] * kT;
  let i = short;
  for (; i + 1 < count; i += 2) {
    const even = (squares[i] * work[i]) / (1 - work[i]);
    const odd = (squares[i + 1] * work[i + 1]) / (1 - work[i + 1]);
    work[i] = even;
    work[i + 1] = odd;
  }
  if (i < count) work[i] = (squares[i] * work[i]) / (1 - work[i]);
}

/** out[i] = factor x trapezoid of bin i < end from the values at its edges. Two bins a turn. */
function trapezoids(
  out: Float64Array,
  values: Float64Array,
  widths: Float64Array,
  factor: number,
  end: number,
): void {
  const pairs = end & ~1;
  for (let i = 0; i < pairs; i += 2) {
    const middle = values[i + 1];
    const even = factor * (values[i] + middle) * widths[i];
    const odd = factor * (middle + values[i + 2]) * widths[i + 1];
    out[i] = even;
    out[i + 1] = odd;
  }
  if (pairs < end) out[pairs] = factor * (values[pairs] + values[end]) * widths[pairs];
}
