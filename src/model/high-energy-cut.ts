import type { VectorMath } from "../math/vector.ts";
import { meanOfEdges } from "./edge-mean.ts";

/** Fills out (E) with exp(-max(stretch E - cut, 0.001)/fold), mean of the values at a bin's two edges; keV. */
export function highEnergyCut(
  edges: Float64Array,
  vector: VectorMath,
): (out: Float64Array, cut: number, fold: number, stretch: number) => void {
  const work = vector.alloc(edges.length);
  return (out, cut, fold, stretch) => {
    for (let i = 0; i < work.length; i++) work[i] = -Math.max(stretch * edges[i] - cut, 0.001) / fold;
    vector.exp(work, work);
    meanOfEdges(out, work);
  };
}
