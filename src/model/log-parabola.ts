import type { VectorMath } from "../math/vector.ts";

/** Fills out (E) with norm exp(-alpha t - beta t^2), t = ln E - pivot, by Simpson's rule over each bin (edges and midpoint). */
export function parabolaSimpson(
  edges: Float64Array,
  vector: VectorMath,
): (out: Float64Array, pivot: number, alpha: number, beta: number, norm: number) => void {
  const logs = new Float64Array(2 * edges.length - 1);
  for (let i = 0; i < edges.length; i++) logs[2 * i] = Math.log(edges[i]);
  for (let i = 0; i + 1 < edges.length; i++) logs[2 * i + 1] = Math.log(0.5 * (edges[i] + edges[i + 1]));
  const work = vector.alloc(logs.length);
  return (out, pivot, alpha, beta, norm) => {
    for (let k = 0; k < work.length; k++) {
      const t = logs[k] - pivot;
      work[k] = -t * (alpha + beta * t);
    }
    vector.exp(work, work);
    for (let i = 0; i < out.length; i++) {
      const sum = work[2 * i] + 4 * work[2 * i + 1] + work[2 * i + 2];
      out[i] = (norm * sum * (edges[i + 1] - edges[i])) / 6;
    }
  };
}
