/** Neighbours whose mean distance tells how far a point lies from others. */
const NEIGHBOURS = 5;

/**
 * How far features (F) lie from those of the test spectra (each F, standardised as the network's): mean distance to the five nearest, and the
 * percentage of the test spectra that lie nearer to their own five nearest.
 */
export function featureDistance(
  point: Float64Array,
  others: readonly Float64Array[],
): { readonly value: number; readonly percentile: number } {
  const value = meanNearest(point, others);
  const nearer = others.filter((other) => meanNearest(other, others, other) < value).length;
  return { value, percentile: (100 * nearer) / others.length };
}

function meanNearest(point: Float64Array, others: readonly Float64Array[], but?: Float64Array): number {
  const squares = Float64Array.from(
    others.filter((other) => other !== but),
    (other) => other.reduce((sum, x, f) => sum + (x - point[f]) ** 2, 0),
  ).sort();
  const nearest = squares.subarray(0, NEIGHBOURS);
  return nearest.reduce((sum, square) => sum + Math.sqrt(square), 0) / nearest.length;
}
