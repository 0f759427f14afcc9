import { expect, it } from "vitest";
import {
  cholesky,
  choleskyInverse,
  choleskyLogDet,
  choleskySolve,
  leastSquares,
  stream,
  symmetricEigen,
  thinSvd,
} from "./index.ts";

const randomMatrix = (rows: number, columns: number, seed: number) => {
  const rng = stream(seed, "matrix");
  return Float64Array.from({ length: rows * columns }, () => rng.normal());
};

const product = (a: Float64Array, b: Float64Array, n: number, m: number, p: number) => {
  const out = new Float64Array(n * p);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < p; j++) for (let k = 0; k < m; k++) out[i * p + j] += a[i * m + k] * b[k * p + j];
  return out;
};

const transpose = (a: Float64Array, n: number, m: number) =>
  Float64Array.from({ length: n * m }, (_, i) => a[(i % n) * m + Math.floor(i / n)]);

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((d, value, i) => Math.max(d, Math.abs(value - b[i])), 0);
};

const positiveDefinite = (n: number, seed: number) => {
  const a = randomMatrix(2 * n, n, seed);
  return product(transpose(a, 2 * n, n), a, n, 2 * n, n);
};

it.each([1, 2, 7, 40])(
  "the Cholesky factor of an (n, n) matrix multiplies back, solves and inverts, n = %d",
  (n) => {
    const a = positiveDefinite(n, n);
    const factor = cholesky(a, n)!;
    // Entries are of order 2n; 1e-12 is some hundred roundings of the largest.
    expect(largestDifference(product(factor, transpose(factor, n, n), n, n, n), a)).toBeLessThan(1e-12 * n);
    const truth = randomMatrix(n, 1, 9);
    const solution = new Float64Array(n);
    choleskySolve(solution, factor, product(a, truth, n, n, 1), n);
    expect(largestDifference(solution, truth)).toBeLessThan(1e-11);
    const unit = product(choleskyInverse(factor, n), a, n, n, n);
    for (let i = 0; i < n; i++) unit[i * n + i] -= 1;
    expect(largestDifference(unit, new Float64Array(n * n))).toBeLessThan(1e-11);
  },
);

it("the log-determinant is the sum of the logarithms of the eigenvalues", () => {
  const a = positiveDefinite(12, 3);
  const sum = symmetricEigen(a, 12).values.reduce((total, value) => total + Math.log(value), 0);
  expect(choleskyLogDet(cholesky(a, 12)!, 12)).toBeCloseTo(sum, 10);
});

it("a matrix that is not positive definite, or holds NaN, has no factor", () => {
  expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
  expect(cholesky(Float64Array.of(1, 0, 0, Number.NaN), 2)).toBeUndefined();
});

it.each([1, 2, 3, 10, 120])("eigenvectors are orthonormal and rebuild a symmetric matrix, n = %d", (n) => {
  const m = randomMatrix(n, n, n + 50);
  const a = m.map((value, i) => value + m[(i % n) * n + Math.floor(i / n)]);
  const { values, vectors } = symmetricEigen(a, n);
  const unit = product(vectors, transpose(vectors, n, n), n, n, n);
  for (let i = 0; i < n; i++) unit[i * n + i] -= 1;
  expect(largestDifference(unit, new Float64Array(n * n))).toBeLessThan(1e-13 * (n + 10));
  const scaled = vectors.map((value, i) => value * values[Math.floor(i / n)]);
  expect(largestDifference(product(transpose(vectors, n, n), scaled, n, n, n), a)).toBeLessThan(
    1e-13 * (n + 10),
  );
  expect(Array.from(values)).toEqual(Array.from(values).sort((x, y) => y - x));
});

it("the second difference matrix has its known eigenvalues 2 - 2 cos(pi k / (n + 1))", () => {
  const n = 60;
  const a = Float64Array.from({ length: n * n }, (_, i) => {
    const distance = Math.abs((i % n) - Math.floor(i / n));
    return distance === 0 ? 2 : distance === 1 ? -1 : 0;
  });
  const expected = Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos((Math.PI * (n - k)) / (n + 1)));
  expect(largestDifference(symmetricEigen(a, n).values, expected)).toBeLessThan(1e-14);
});

it("equal and zero eigenvalues are found", () => {
  const identity = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  expect(Array.from(symmetricEigen(identity, 3).values)).toEqual([1, 1, 1]);
  const ones = new Float64Array(25).fill(1);
  expect(largestDifference(symmetricEigen(ones, 5).values, [5, 0, 0, 0, 0])).toBeLessThan(1e-15 * 10);
});

it("a matrix with NaN is an internal error, not an endless loop", () => {
  expect(() => symmetricEigen(new Float64Array(9).fill(Number.NaN), 3)).toThrow(/internal/);
});

it("singular values and vectors rebuild a matrix of low rank", () => {
  const [n, c, rank] = [300, 30, 4];
  const a = product(randomMatrix(n, rank, 1), randomMatrix(rank, c, 2), n, rank, c);
  const svd = thinSvd(a, n, c);
  expect(svd.rank).toBe(rank);
  const right = svd.right.slice(0, rank * c);
  const projected = product(product(a, transpose(right, rank, c), n, c, rank), right, n, rank, c);
  // Vectors from A^T A are good to (eps s_1 / s_4)^2-ish; the ratio here is below 2.
  expect(largestDifference(projected, a)).toBeLessThan(1e-12);
  const lengths = product(a, transpose(right, rank, c), n, c, rank);
  for (let k = 0; k < rank; k++) {
    let square = 0;
    for (let i = 0; i < n; i++) square += lengths[i * rank + k] ** 2;
    expect(Math.sqrt(square) / svd.singular[k]).toBeCloseTo(1, 12);
  }
});

it("least squares recovers exact coefficients, and weights of zero remove rows", () => {
  const [n, p, q] = [50, 4, 2];
  const x = randomMatrix(n, p, 5);
  const truth = randomMatrix(p, q, 6);
  const y = product(x, truth, n, p, q);
  expect(largestDifference(leastSquares(x, y, n, p, q), truth)).toBeLessThan(1e-10);
  const weights = new Float64Array(n).fill(2);
  weights[3] = 0;
  y[3 * q] = 1e6;
  expect(largestDifference(leastSquares(x, y, n, p, q, { weights }), truth)).toBeLessThan(1e-10);
});

it("the residual of least squares is orthogonal to the weighted columns", () => {
  const [n, p] = [80, 3];
  const x = randomMatrix(n, p, 7);
  const y = randomMatrix(n, 1, 8);
  const weights = randomMatrix(n, 1, 9).map(Math.abs);
  const fitted = product(x, leastSquares(x, y, n, p, 1, { weights, ridge: 0 }), n, p, 1);
  for (let j = 0; j < p; j++) {
    let inner = 0;
    for (let i = 0; i < n; i++) inner += weights[i] * x[i * p + j] * (y[i] - fitted[i]);
    expect(Math.abs(inner)).toBeLessThan(1e-12 * n);
  }
});

it("collinear columns and a column of zeros still give a solution that fits", () => {
  const n = 30;
  const base = randomMatrix(n, 1, 10);
  const x = Float64Array.from({ length: n * 3 }, (_, i) => (i % 3 === 2 ? 0 : base[Math.floor(i / 3)]));
  const solution = leastSquares(x, base, n, 3, 1);
  expect(solution[0] + solution[1]).toBeCloseTo(1, 9);
  expect(solution[2]).toBe(0);
});
