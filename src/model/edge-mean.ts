/**
 * out[i] = (f(edges[i]) + f(edges[i+1])) / 2: the value that XSPEC gives to a bin in many models. f is called once an
 * edge. Shapes: out (E), edges (E+1).
 */
export function edgeMean(out: Float64Array, edges: Float64Array, f: (energy: number) => number): void {
  let left = f(edges[0]);
  for (let i = 0; i < out.length; i++) {
    const right = f(edges[i + 1]);
    out[i] = 0.5 * (left + right);
    left = right;
  }
}

/** The same from values at the edges (E+1). */
export function meanOfEdges(out: Float64Array, values: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = 0.5 * (values[i] + values[i + 1]);
}
