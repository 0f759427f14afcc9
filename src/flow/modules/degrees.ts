/**
 * Degrees of the hidden units of a masked network over D inputs, ascending (Germain et al. 2015): a unit of degree m sees
 * the inputs 1..m and is seen by the outputs above m. They are dealt out evenly over 1..D-1; with D = 1 all are 0.
 *
 * Sorting the units changes nothing but their names, and it makes what a unit sees a leading range of rows: products skip
 * the masked rest, and sampling computes every unit once.
 */
export function hiddenDegrees(dims: number, hidden: number): number[] {
  if (dims === 1) return new Array<number>(hidden).fill(0);
  return Array.from({ length: hidden }, (_, j) => (j % (dims - 1)) + 1).sort((a, b) => a - b);
}

/** Mask (rows, columns), row-major: 1 where the column may see the row. */
export function mask(
  rows: readonly number[],
  columns: readonly number[],
  sees: (column: number, row: number) => boolean,
): Float32Array {
  return Float32Array.from(rows.flatMap((row) => columns.map((column) => (sees(column, row) ? 1 : 0))));
}

/** Number of hidden units of degree <= d, for d = 0..D-1. */
export function unitsUpTo(dims: number, hidden: number): number[] {
  const degrees = hiddenDegrees(dims, hidden);
  return Array.from({ length: dims }, (_, d) => degrees.filter((m) => m <= d).length);
}
