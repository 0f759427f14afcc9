import { lastAtMost } from "../math/index.ts";
import type { VectorMath } from "../math/vector.ts";
import { meanOfEdges } from "./edge-mean.ts";

/** Fills out (E) with 1 below `threshold` (keV) and exp(-depth (E/threshold)^-3) above; see `edge`. */
export function edgeTransmission(
  edges: Float64Array,
  vector: VectorMath,
): (out: Float64Array, threshold: number, depth: number) => void {
  const work = vector.alloc(edges.length);
  const inverseCube = edges.map((energy) => energy ** -3);
  return (out, threshold, depth) => {
    const scale = -depth * threshold ** 3;
    for (let i = 0; i < work.length; i++) work[i] = edges[i] < threshold ? 0 : scale * inverseCube[i];
    vector.exp(work, work);
    meanOfEdges(out, work);
    const bin = lastAtMost(edges, threshold);
    if (bin < 0 || bin >= out.length) return;
    const above = 0.5 * (Math.exp(-depth) + work[bin + 1]);
    const below = (threshold - edges[bin]) / (edges[bin + 1] - edges[bin]);
    out[bin] = below + (1 - below) * above;
  };
}
