/**
 * Cholesky factor L of a symmetric positive definite matrix, A = L L^T. `a` and the result are (n, n) row-major; only the
 * lower triangle of `a` is read and the upper one of the result is zero. Undefined where `a` is not positive definite.
 */
export function cholesky(a: Float64Array, n: number): Float64Array | undefined {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= factor[i * n + k] * factor[j * n + k];
      if (i !== j) {
        factor[i * n + j] = sum / factor[j * n + j];
      } else {
        if (!(sum > 0) || sum === Infinity) return undefined;
        factor[i * n + i] = Math.sqrt(sum);
      }
    }
  }
  return factor;
}

/** out = L^-1 b (n). `out` may be `b`. */
export function solveLower(out: Float64Array, factor: Float64Array, b: ArrayLike<number>, n: number): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i];
    for (let k = 0; k < i; k++) sum -= factor[i * n + k] * out[k];
    out[i] = sum / factor[i * n + i];
  }
}

/** out = L^-T b (n). `out` may be `b`. */
export function solveLowerTransposed(
  out: Float64Array,
  factor: Float64Array,
  b: ArrayLike<number>,
  n: number,
): void {
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i];
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i] * out[k];
    out[i] = sum / factor[i * n + i];
  }
}

/** out = A^-1 b from the factor L of A. `out` may be `b`. */
export function choleskySolve(
  out: Float64Array,
  factor: Float64Array,
  b: ArrayLike<number>,
  n: number,
): void {
  solveLower(out, factor, b, n);
  solveLowerTransposed(out, factor, out, n);
}

/** A^-1 (n, n), symmetric, from the factor L of A. */
export function choleskyInverse(factor: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    column.fill(0);
    column[j] = 1;
    choleskySolve(column, factor, column, n);
    for (let i = 0; i < n; i++) inverse[i * n + j] = column[i];
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const mean = 0.5 * (inverse[i * n + j] + inverse[j * n + i]);
      inverse[i * n + j] = mean;
      inverse[j * n + i] = mean;
    }
  }
  return inverse;
}

/** ln det A = 2 sum ln L_ii. */
export function choleskyLogDet(factor: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(factor[i * n + i]);
  return 2 * sum;
}
