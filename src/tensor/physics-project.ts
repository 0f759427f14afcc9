import type { PhysicsCore } from "./physics-core.ts";
import { type AnyArray, doubles, inPieces, pieceRows, placed, withScratch } from "./physics-place.ts";
import { badMean, type StreamKey, streamWords } from "./physics-poisson.ts";

/** Linear statistics of n spectra. */
export interface Projection {
  /** (n, K): sum_c counts[i, c] basis[c, k]. */
  readonly features: Float64Array;
  /** (n): sum_c counts[i, c]. */
  readonly totals: Float64Array;
}

/** Projects counts (n, C) on a basis (C, K); see `PhysicsKernels.project`. */
export function project(
  core: PhysicsCore,
  out: Projection,
  counts: AnyArray,
  basis: Float64Array,
  n: number,
): void {
  const bins = checkShapes(out, counts, basis, n);
  withScratch(core, (take) => {
    const scratch = take(8 * pieceRows(n, bins) * bins);
    const table = layOutBasis(core, take, basis, bins, n);
    inPieces(n, bins, (first, rows) => {
      const source = placed(core, counts, first * bins, rows * bins, scratch);
      core.kernels.projectRows(table.result, source, table.basis, rows, bins, table.columns);
      readResult(core, out, table, first, rows);
    });
  });
}

/** `poisson` and `project` in one, counts not kept; see `PhysicsKernels.drawAndProject`. */
export function drawAndProject(
  core: PhysicsCore,
  out: Projection,
  mu: Float64Array | Float32Array,
  basis: Float64Array,
  n: number,
  key: StreamKey,
): void {
  const bins = checkShapes(out, mu, basis, n);
  withScratch(core, (take) => {
    const means = take(8 * pieceRows(n, bins) * bins);
    const scratch = take(16 * bins);
    const table = layOutBasis(core, take, basis, bins, n);
    inPieces(n, bins, (first, rows) => {
      const source = placed(core, mu, first * bins, rows * bins, means);
      const { result, columns } = table;
      const words = streamWords(key, first);
      const { drawAndProjectRows } = core.kernels;
      const bad = drawAndProjectRows(result, source, table.basis, scratch, rows, bins, columns, ...words);
      if (bad >= 0) throw badMean(mu, first + bad, bins);
      readResult(core, out, table, first, rows);
    });
  });
}

/** A basis in the kernels' memory with a column of ones behind its own, filled up to a multiple of 4. */
interface BasisTable {
  readonly basis: number;
  readonly columns: number;
  readonly features: number;
  /** Place for the projections of a piece. */
  readonly result: number;
}

function checkShapes({ features, totals }: Projection, x: AnyArray, basis: Float64Array, n: number): number {
  const bins = n === 0 ? 0 : x.length / n;
  const columns = bins === 0 ? 0 : basis.length / bins;
  const fits = Number.isInteger(bins) && Number.isInteger(columns);
  if (!fits || features.length < n * columns || totals.length < n) {
    throw new Error(
      `internal: projection of ${n} spectra: ${x.length} bins, a basis of ${basis.length}, ` +
        `room for ${features.length} features and ${totals.length} totals`,
    );
  }
  return bins;
}

function layOutBasis(
  core: PhysicsCore,
  take: (bytes: number) => number,
  basis: Float64Array,
  bins: number,
  n: number,
): BasisTable {
  const features = bins === 0 ? 0 : basis.length / bins;
  const columns = 4 * Math.ceil((features + 1) / 4);
  const address = take(8 * bins * columns);
  const table = doubles(core, address, bins * columns).fill(0);
  for (let c = 0; c < bins; c++) {
    table.set(basis.subarray(c * features, (c + 1) * features), c * columns);
    table[c * columns + features] = 1;
  }
  return { basis: address, columns, features, result: take(8 * pieceRows(n, bins) * columns) };
}

function readResult(
  core: PhysicsCore,
  out: Projection,
  table: BasisTable,
  first: number,
  rows: number,
): void {
  const { columns, features } = table;
  const result = doubles(core, table.result, rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let k = 0; k < features; k++) out.features[(first + r) * features + k] = result[r * columns + k];
    out.totals[first + r] = result[r * columns + features];
  }
}
