/*
 * Bins moved from one energy grid to another, flat inside each bin. Edges that are equal within 1e-6 of each other count as equal, as in XSPEC.
 */

const SAME = 1e-6;

/** What each bin of the new grid takes from the old one: old bins first[j] .. last[j], the first and the last with a share. */
export interface Overlap {
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** Share of the first and the last old bin that lies in the new one; that of the only one in `head`. */
  readonly head: Float64Array;
  readonly tail: Float64Array;
}

/** Overlaps of a grid (E+1 edges) with an old one whose edges are multiplied by `factor`. Nothing is allocated where `out` is given. */
export function overlaps(
  edges: Float64Array,
  oldEdges: Float64Array,
  factor: number,
  out: Overlap = emptyOverlap(edges.length - 1),
): Overlap {
  const bins = oldEdges.length - 1;
  const { first, last, head, tail } = out;
  let from = 0;
  for (let j = 0; j < edges.length - 1; j++) {
    const low = edges[j];
    const high = edges[j + 1];
    while (from < bins && reaches(low, oldEdges[from + 1] * factor)) from++;
    first[j] = from;
    last[j] = from - 1;
    if (from === bins || !below(oldEdges[from] * factor, high)) continue;
    let to = from;
    while (to + 1 < bins && below(oldEdges[to + 1] * factor, high)) to++;
    last[j] = to;
    head[j] = share(low, high, oldEdges[from] * factor, oldEdges[from + 1] * factor);
    tail[j] = share(low, high, oldEdges[to] * factor, oldEdges[to + 1] * factor);
  }
  return out;
}

function emptyOverlap(bins: number): Overlap {
  return {
    first: new Int32Array(bins),
    last: new Int32Array(bins),
    head: new Float64Array(bins),
    tail: new Float64Array(bins),
  };
}

/** True where x lies at or above y, or as good as there. */
function reaches(x: number, y: number): boolean {
  return x >= y * (1 - SAME);
}

/** True where x lies below y by more than rounding. */
function below(x: number, y: number): boolean {
  return x < y * (1 - SAME);
}

/** Part of the old bin [a, b] that lies in [low, high]. */
function share(low: number, high: number, a: number, b: number): number {
  return Math.max(0, Math.min(1, (Math.min(high, b) - Math.max(low, a)) / (b - a)));
}

/** out[j] = sum over old bins of their contents times the share that lies in the new bin j: conserves the sum. */
export function redistribute(out: Float64Array, old: Float64Array, overlap: Overlap): void {
  const { first, last, head, tail } = overlap;
  for (let j = 0; j < out.length; j++) {
    if (last[j] < first[j]) {
      out[j] = 0;
      continue;
    }
    let sum = old[first[j]] * head[j];
    for (let i = first[j] + 1; i < last[j]; i++) sum += old[i];
    if (last[j] > first[j]) sum += old[last[j]] * tail[j];
    out[j] = sum;
  }
}

/**
 * out[j] = mean of the old bins in the new bin j, each weighted by the share of itself that lies there, as XSPEC does;
 * `outside` where no old bin lies.
 */
export function average(out: Float64Array, old: Float64Array, overlap: Overlap, outside: number): void {
  const { first, last, head, tail } = overlap;
  for (let j = 0; j < out.length; j++) {
    if (last[j] < first[j]) {
      out[j] = outside;
      continue;
    }
    let sum = old[first[j]] * head[j];
    let weight = head[j];
    for (let i = first[j] + 1; i < last[j]; i++) sum += old[i];
    weight += Math.max(0, last[j] - first[j] - 1);
    if (last[j] > first[j]) {
      sum += old[last[j]] * tail[j];
      weight += tail[j];
    }
    out[j] = weight > 0 ? sum / weight : outside;
  }
}
