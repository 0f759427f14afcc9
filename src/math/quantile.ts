/**
 * Quantiles of a sample, one for each level in [0, 1].
 *
 * Without weights: linear interpolation between order statistics at (i - 1)/(N - 1) (type 7 of Hyndman & Fan 1996, as
 * numpy). With weights: interpolation between the cumulative weights before and after each point, so that equal weights
 * give the unweighted answer and points of weight zero do not count.
 * NaN for an empty sample or one whose weights are all zero.
 */
export function quantiles(
  x: ArrayLike<number>,
  levels: readonly number[],
  weights?: ArrayLike<number>,
): number[] {
  if (weights === undefined) {
    const sorted = Float64Array.from(x).sort();
    return levels.map((level) => sortedQuantile(sorted, level));
  }
  const order = Uint32Array.from({ length: x.length }, (_, i) => i)
    .filter((i) => weights[i] > 0)
    .sort((i, j) => x[i] - x[j]);
  const position = weightedPositions(order, weights);
  return levels.map((level) => interpolate(order, x, position, level));
}

/** One quantile of values that are sorted already. */
export function sortedQuantile(sorted: ArrayLike<number>, level: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = level * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  const fraction = at - low;
  return fraction === 0 ? sorted[low] : sorted[low] + fraction * (sorted[high] - sorted[low]);
}

/** Level of each point: weight before it plus (its share of) its own, scaled so that the ends are at 0 and 1. */
function weightedPositions(order: Uint32Array, weights: ArrayLike<number>): Float64Array {
  const position = new Float64Array(order.length);
  let before = 0;
  for (let k = 0; k < order.length; k++) {
    position[k] = before + 0.5 * weights[order[k]];
    before += weights[order[k]];
  }
  const first = position[0];
  const span = position[order.length - 1] - first;
  for (let k = 0; k < order.length; k++) position[k] = span > 0 ? (position[k] - first) / span : 0;
  return position;
}

function interpolate(
  order: Uint32Array,
  x: ArrayLike<number>,
  position: Float64Array,
  level: number,
): number {
  const last = order.length - 1;
  if (last < 0) return Number.NaN;
  if (level <= 0 || last === 0) return x[order[0]];
  if (level >= 1) return x[order[last]];
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (position[middle] <= level) low = middle;
    else high = middle;
  }
  const fraction = (level - position[low]) / (position[high] - position[low]);
  return x[order[low]] + fraction * (x[order[high]] - x[order[low]]);
}
