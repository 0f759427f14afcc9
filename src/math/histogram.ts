/**
 * Weight of the values in each bin [edges[i], edges[i+1]), the last one closed; edges ascending (B+1), result (B).
 * Values outside, and NaN, are left out. Weights default to 1.
 */
export function histogram(
  x: ArrayLike<number>,
  edges: ArrayLike<number>,
  weights?: ArrayLike<number>,
): Float64Array {
  const bins = edges.length - 1;
  const counts = new Float64Array(bins);
  for (let i = 0; i < x.length; i++) {
    const bin = x[i] === edges[bins] ? bins - 1 : lastAtMost(edges, x[i]);
    if (bin >= 0 && bin < bins) counts[bin] += weights === undefined ? 1 : weights[i];
  }
  return counts;
}

/** Index of the last entry of an ascending array that is <= x; -1 where there is none (or x is NaN). */
export function lastAtMost(ascending: ArrayLike<number>, x: number): number {
  let low = -1;
  let high = ascending.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] <= x) low = middle;
    else high = middle;
  }
  return low;
}
