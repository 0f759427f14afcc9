/** Eigenvalues in descending order and orthonormal eigenvectors; row i of `vectors` (n, n) belongs to `values[i]`. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/**
 * Eigen-decomposition of a symmetric matrix `a` (n, n) row-major, A = sum_i lambda_i v_i v_i^T; only the lower triangle
 * is read. Householder reduction to tridiagonal form, then the QL iteration with Wilkinson's implicit shift (Golub & Van
 * Loan 2013, sections 8.3.1-8.3.3). Cost about 4 n^3. Absolute error of the values about 1e-16 n times the largest.
 * Internal error where the matrix holds NaN or the iteration does not converge.
 */
export function symmetricEigen(a: Float64Array, n: number): Eigen {
  const { basis, diagonal, offDiagonal } = tridiagonalise(a, n);
  implicitQl(diagonal, offDiagonal, basis, n);
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => diagonal[j] - diagonal[i]);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    vectors.set(basis.subarray(from * n, from * n + n), to * n);
  });
  return { values: Float64Array.from(order, (i) => diagonal[i]), vectors };
}

interface Tridiagonal {
  /** Rows b_i with A = sum_ij T_ij b_i b_j^T. */
  readonly basis: Float64Array;
  readonly diagonal: Float64Array;
  /** offDiagonal[i] couples i and i + 1; the last entry is 0. */
  readonly offDiagonal: Float64Array;
}

/** Reflectors H_k = I - 2 v v^T that clear column k below its subdiagonal, k = 0 ... n - 3. */
function tridiagonalise(a: Float64Array, n: number): Tridiagonal {
  const work = symmetricCopy(a, n);
  const basis = identity(n);
  const v = new Float64Array(n);
  const product = new Float64Array(n);
  for (let k = 0; k < n - 2; k++) {
    if (!reflector(v, work, k, n)) continue;
    reflectBothSides(work, v, product, k, n);
    reflectBasis(basis, v, product, k, n);
  }
  const diagonal = Float64Array.from({ length: n }, (_, i) => work[i * n + i]);
  const offDiagonal = Float64Array.from({ length: n }, (_, i) => (i < n - 1 ? work[(i + 1) * n + i] : 0));
  return { basis, diagonal, offDiagonal };
}

function symmetricCopy(a: Float64Array, n: number): Float64Array {
  const copy = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      copy[i * n + j] = a[i * n + j];
      copy[j * n + i] = a[i * n + j];
    }
  }
  return copy;
}

function identity(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  return matrix;
}

/** Unit vector v of the reflector for row k (entries k+1 ...); false where that row is clear already. */
function reflector(v: Float64Array, work: Float64Array, k: number, n: number): boolean {
  let largest = 0;
  for (let j = k + 2; j < n; j++) largest = Math.max(largest, Math.abs(work[k * n + j]));
  if (largest === 0) return false;
  largest = Math.max(largest, Math.abs(work[k * n + k + 1]));
  let norm = 0;
  for (let j = k + 1; j < n; j++) {
    v[j] = work[k * n + j] / largest;
    norm += v[j] * v[j];
  }
  v[k + 1] += v[k + 1] < 0 ? -Math.sqrt(norm) : Math.sqrt(norm);
  let square = 0;
  for (let j = k + 1; j < n; j++) square += v[j] * v[j];
  const scale = 1 / Math.sqrt(square);
  for (let j = k + 1; j < n; j++) v[j] *= scale;
  return true;
}

/** work = H work H as the rank-two update work - 2 v w^T - 2 w v^T, w = work v - (v^T work v) v. */
function reflectBothSides(work: Float64Array, v: Float64Array, w: Float64Array, k: number, n: number): void {
  let curvature = 0;
  for (let i = k; i < n; i++) {
    let sum = 0;
    for (let j = k + 1; j < n; j++) sum += work[i * n + j] * v[j];
    w[i] = sum;
    if (i > k) curvature += sum * v[i];
  }
  for (let i = k + 1; i < n; i++) w[i] -= curvature * v[i];
  for (let j = k + 1; j < n; j++) {
    work[k * n + j] -= 2 * w[k] * v[j];
    work[j * n + k] = work[k * n + j];
  }
  for (let i = k + 1; i < n; i++) {
    const vi = 2 * v[i];
    const wi = 2 * w[i];
    for (let j = k + 1; j < n; j++) work[i * n + j] -= vi * w[j] + wi * v[j];
  }
}

/** basis = H basis (rows are the basis vectors, so A = basis^T T basis). */
function reflectBasis(
  basis: Float64Array,
  v: Float64Array,
  product: Float64Array,
  k: number,
  n: number,
): void {
  product.fill(0);
  for (let i = k + 1; i < n; i++) {
    for (let j = 0; j < n; j++) product[j] += v[i] * basis[i * n + j];
  }
  for (let i = k + 1; i < n; i++) {
    const vi = 2 * v[i];
    for (let j = 0; j < n; j++) basis[i * n + j] -= vi * product[j];
  }
}

/** Diagonalises the tridiagonal matrix in place and turns the rows of `basis` along. */
function implicitQl(d: Float64Array, e: Float64Array, basis: Float64Array, n: number): void {
  // Rounding of the reduction is of this size anyway; without a floor, a matrix of low rank never gets rid of it.
  const floor =
    0.1 * Number.EPSILON * d.reduce((most, value, i) => Math.max(most, Math.abs(value), Math.abs(e[i])), 0);
  for (let low = 0; low < n; low++) {
    for (let pass = 0; ; pass++) {
      const end = firstNegligible(d, e, low, n, floor);
      if (end === low) break;
      if (pass === 60 || Number.isNaN(d[low])) throw new Error("internal: eigenvalues do not converge");
      qlSweep(d, e, basis, low, end, n);
    }
  }
}

function firstNegligible(d: Float64Array, e: Float64Array, low: number, n: number, floor: number): number {
  for (let i = low; i < n - 1; i++) {
    const scale = Math.abs(d[i]) + Math.abs(d[i + 1]);
    if (Math.abs(e[i]) <= Math.max(Number.EPSILON * 0.5 * scale, floor)) return i;
  }
  return n - 1;
}

/** One sweep of Givens rotations from `end` up to `low`, chasing the bulge that the shift makes. */
function qlSweep(
  d: Float64Array,
  e: Float64Array,
  basis: Float64Array,
  low: number,
  end: number,
  n: number,
): void {
  const half = (d[low + 1] - d[low]) / (2 * e[low]);
  const root = Math.hypot(half, 1);
  const shift = d[low] - e[low] / (half + (half < 0 ? -root : root));
  let cosine = 1;
  let sine = 1;
  let correction = 0;
  let g = d[end] - shift;
  for (let i = end - 1; i >= low; i--) {
    const bulge = sine * e[i];
    const b = cosine * e[i];
    const r = Math.hypot(bulge, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= correction;
      e[end] = 0;
      return;
    }
    sine = bulge / r;
    cosine = g / r;
    const base = d[i + 1] - correction;
    const t = (d[i] - base) * sine + 2 * cosine * b;
    correction = sine * t;
    d[i + 1] = base + correction;
    g = cosine * t - b;
    rotateRows(basis, i * n, (i + 1) * n, cosine, sine, n);
  }
  d[low] -= correction;
  e[low] = g;
  e[end] = 0;
}

function rotateRows(m: Float64Array, a: number, b: number, cosine: number, sine: number, n: number): void {
  for (let j = 0; j < n; j++) {
    const x = m[a + j];
    const y = m[b + j];
    m[b + j] = sine * x + cosine * y;
    m[a + j] = cosine * x - sine * y;
  }
}
