import type { VectorMath } from "../../math/vector.ts";

// biome-ignore-start lint/suspicious/noApproximativeNumericConstant: 0.707 keV is no square root of a half
/** Upper edge of each range (keV) and the coefficients of E^-3, E^-2, E^-1. Nothing absorbs below the first. */
const ranges: readonly (readonly [number, number, number, number])[] = [
  [0.0135984, 0, 0, 0],
  [0.03, 0.336, 0, 0],
  [0.1, 0.173, 6.081, -21.5],
  [0.284, 0.346, 2.679, -4.761],
  [0.4, 0.781, 0.188, 0.043],
  [0.532, 0.714, 0.668, -0.514],
  [0.707, 0.955, 1.458, -0.611],
  [0.867, 3.089, -3.806, 2.94],
  [1.303, 1.206, 1.693, -0.477],
  [1.84, 1.413, 1.468, -0.315],
  [2.471, 2.027, 1.047, -0.17],
  [3.21, 3.427, 0.187, 0],
  [4.038, 3.522, 0.187, 0],
  [7.111, 4.339, -0.024, 0.0075],
  [8.331, 6.29, 0.309, 0],
  [10, 7.012, 0.252, 0],
  [Number.POSITIVE_INFINITY, 9.532, 0, 0],
];
// biome-ignore-end lint/suspicious/noApproximativeNumericConstant: 0.707 keV is no square root of a half

/** Pieces of bins that lie in one range each: those of bin i are start[i] .. start[i+1]-1. */
interface Pieces {
  readonly start: Int32Array;
  /** Share of the bin that the piece covers. */
  readonly share: Float64Array;
  /** Optical depth for nH = 1 at the piece's lower and upper end, two entries a piece. */
  readonly depth: Float64Array;
}

/**
 * Fills out (E) with the transmission of a column nH (1e22 cm-2) at redshift z after Morrison & McCammon 1983, ApJ 270,
 * 119, table 2: tau = nH (c0/E^3 + c1/E^2 + c2/E). A bin's value is the trapezoid of the transmission at its edges, in
 * pieces where ranges of the table meet inside the bin. Depths beyond `opaque` count as infinite.
 */
export function morrisonTransmission(
  edges: Float64Array,
  vector: VectorMath,
  opaque: number,
): (out: Float64Array, nH: number, z: number) => void {
  const pieces = roomForPieces(edges);
  const work = vector.alloc(pieces.depth.length);
  let current = Number.NaN;
  return (out, nH, z) => {
    if (z !== current) cutIntoPieces(pieces, edges, 1 + z);
    current = z;
    const { start, share, depth } = pieces;
    for (let k = 0; k < work.length; k++) work[k] = -nH * depth[k];
    vector.exp(work, work);
    for (let i = 0; i < out.length; i++) {
      let sum = 0;
      for (let piece = start[i]; piece < start[i + 1]; piece++) {
        const low = nH * depth[2 * piece] > opaque ? 0 : work[2 * piece];
        const high = nH * depth[2 * piece + 1] > opaque ? 0 : work[2 * piece + 1];
        sum += share[piece] * 0.5 * (low + high);
      }
      out[i] = sum;
    }
  };
}

/**
 * Mean optical depth of each bin (E) for nH = 1: the trapezoid of the depth at its edges, in pieces where ranges of the
 * table meet inside the bin.
 */
export function morrisonDepth(edges: Float64Array): Float64Array {
  const pieces = roomForPieces(edges);
  cutIntoPieces(pieces, edges, 1);
  const { start, share, depth } = pieces;
  const mean = new Float64Array(edges.length - 1);
  for (let i = 0; i < mean.length; i++) {
    for (let piece = start[i]; piece < start[i + 1]; piece++) {
      mean[i] += share[piece] * 0.5 * (depth[2 * piece] + depth[2 * piece + 1]);
    }
  }
  return mean;
}

function roomForPieces(edges: Float64Array): Pieces {
  const most = edges.length - 1 + ranges.length;
  return {
    start: new Int32Array(edges.length),
    share: new Float64Array(most),
    depth: new Float64Array(2 * most),
  };
}

function cutIntoPieces({ start, share, depth }: Pieces, edges: Float64Array, stretch: number): void {
  let piece = 0;
  let range = 0;
  for (let i = 0; i + 1 < edges.length; i++) {
    const high = stretch * edges[i + 1];
    const width = high - stretch * edges[i];
    let from = stretch * edges[i];
    while (from < high) {
      while (ranges[range][0] <= from) range++;
      const to = Math.min(high, ranges[range][0]);
      share[piece] = (to - from) / width;
      depth[2 * piece] = depthAt(from, range);
      depth[2 * piece + 1] = depthAt(to, range);
      piece++;
      from = to;
    }
    start[i + 1] = piece;
  }
}

function depthAt(energy: number, range: number): number {
  const [, c0, c1, c2] = ranges[range];
  return (c0 / energy + c1) / (energy * energy) + c2 / energy;
}
