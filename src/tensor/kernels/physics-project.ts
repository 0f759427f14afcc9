// Projection of counts on a basis: out[k] = sum_c counts[c] basis[c, k], sums in order of c. The basis has
// rows of a multiple of 4 numbers (the wrapper pads it and puts a column of ones behind it, which gives the
// total).
import { poissonRow } from "./physics-poisson";

/** Eight columns of one row of counts. `stride` in bytes. */
@inline
function eightColumns(out: usize, counts: usize, end: usize, basis: usize, stride: usize): void {
  let a = f64x2.splat(0),
    b = f64x2.splat(0),
    c = f64x2.splat(0),
    d = f64x2.splat(0);
  for (; counts < end; counts += 8) {
    const x = v128.load64_splat(counts);
    a = f64x2.add(a, f64x2.mul(x, v128.load(basis)));
    b = f64x2.add(b, f64x2.mul(x, v128.load(basis, 16)));
    c = f64x2.add(c, f64x2.mul(x, v128.load(basis, 32)));
    d = f64x2.add(d, f64x2.mul(x, v128.load(basis, 48)));
    basis += stride;
  }
  v128.store(out, a);
  v128.store(out, b, 16);
  v128.store(out, c, 32);
  v128.store(out, d, 48);
}

@inline
function fourColumns(out: usize, counts: usize, end: usize, basis: usize, stride: usize): void {
  let a = f64x2.splat(0),
    b = f64x2.splat(0);
  for (; counts < end; counts += 8) {
    const x = v128.load64_splat(counts);
    a = f64x2.add(a, f64x2.mul(x, v128.load(basis)));
    b = f64x2.add(b, f64x2.mul(x, v128.load(basis, 16)));
    basis += stride;
  }
  v128.store(out, a);
  v128.store(out, b, 16);
}

/** One row of n counts; `out` and the rows of the basis have `columns` numbers, a multiple of 4. */
function projectRow(out: usize, counts: usize, basis: usize, n: i32, columns: i32): void {
  const end = counts + ((<usize>n) << 3);
  const stride = (<usize>columns) << 3;
  let k: i32 = 0;
  for (; k + 8 <= columns; k += 8) {
    const o = (<usize>k) << 3;
    eightColumns(out + o, counts, end, basis + o, stride);
  }
  if (k < columns) {
    const o = (<usize>k) << 3;
    fourColumns(out + o, counts, end, basis + o, stride);
  }
}

/** Counts (rows, n) float64 -> out (rows, columns). */
export function projectRows(out: usize, counts: usize, basis: usize, rows: i32, n: i32, columns: i32): void {
  for (let r: i32 = 0; r < rows; r++) {
    projectRow(out, counts, basis, n, columns);
    out += (<usize>columns) << 3;
    counts += (<usize>n) << 3;
  }
}

/**
 * Draws a row of counts and projects it, row by row, without keeping the counts. `scratch`: 2 n doubles. -1,
 * or the first bad row.
 */
export function drawAndProjectRows(
  out: usize,
  means: usize,
  basis: usize,
  scratch: usize,
  rows: i32,
  n: i32,
  columns: i32,
  index0: u32,
  index1: u32,
  hash: u32,
  k0: u32,
  k1: u32,
): i32 {
  const counts = scratch + ((<usize>n) << 3);
  let index = <u64>index0 | ((<u64>index1) << 32);
  for (let r: i32 = 0; r < rows; r++) {
    if (!poissonRow(counts, means, scratch, n, index, hash, k0, k1)) return r;
    projectRow(out, counts, basis, n, columns);
    index++;
    out += (<usize>columns) << 3;
    means += (<usize>n) << 3;
  }
  return -1;
}
