import { expect, it } from "vitest";
import {
  columnMeans,
  compensatedSum,
  covariance,
  histogram,
  kolmogorovTail,
  logAddExp,
  logSumExp,
  quantiles,
  stream,
} from "./index.ts";

it("a compensated sum keeps what a plain sum loses", () => {
  expect(compensatedSum([1, 1e100, 1, -1e100])).toBe(2);
  expect(compensatedSum(new Float64Array(1e6).fill(0.1))).toBe(1e5);
  expect(compensatedSum([Infinity, 1])).toBe(Infinity);
});

it("logSumExp survives large arguments and gives -Infinity for no mass", () => {
  expect(logSumExp([1000, 1000])).toBeCloseTo(1000 + Math.LN2, 12);
  expect(logSumExp([-2000, -Infinity])).toBe(-2000);
  expect(logSumExp([])).toBe(-Infinity);
  expect(logSumExp([-Infinity])).toBe(-Infinity);
  expect(logAddExp(-Infinity, -Infinity)).toBe(-Infinity);
  expect(logAddExp(-1000, -1001)).toBeCloseTo(logSumExp([-1000, -1001]), 12);
});

it("integer weights count like repeated rows in means, covariances and histograms", () => {
  const x = [1, 5, 2, -3, 7, 4, 0, 2];
  const weights = [2, 0, 3, 1];
  const repeated = [1, 5, 1, 5, 7, 4, 7, 4, 7, 4, 0, 2];
  const close = (a: Float64Array, b: Float64Array) =>
    a.forEach((value, i) => {
      expect(value).toBeCloseTo(b[i], 13);
    });
  close(columnMeans(x, 4, 2, weights), columnMeans(repeated, 6, 2));
  close(covariance(x, 4, 2, weights), covariance(repeated, 6, 2));
  expect(Array.from(histogram([1, 2, 7, 0], [0, 1, 2, 7], weights))).toEqual([1, 2, 3]);
});

it("a constant column has its own value as mean and no variance", () => {
  const x = new Float64Array(999).fill(0.1);
  expect(columnMeans(x, 999, 1)[0]).toBe(0.1);
  expect(covariance(x, 999, 1)[0]).toBe(0);
});

it("a covariance far from the origin does not cancel", () => {
  const x = [0, 1, 2, 3].map((v) => v + 1e9);
  expect(covariance(x, 4, 1)[0]).toBe(1.25);
});

it("quantiles interpolate between order statistics as numpy does", () => {
  expect(quantiles([3, 1, 2, 10], [0, 0.25, 0.5, 0.75, 1])).toEqual([1, 1.75, 2.5, 4.75, 10]);
  expect(quantiles([4], [0.1, 0.9])).toEqual([4, 4]);
  expect(quantiles([], [0.5])[0]).toBeNaN();
});

it("equal weights give the unweighted quantiles, and points of weight zero do not count", () => {
  const rng = stream(1, "quantiles");
  const x = Array.from({ length: 57 }, () => rng.normal());
  const levels = [0, 0.01, 0.16, 0.5, 0.84, 1];
  const plain = quantiles(x, levels);
  const weighted = quantiles(
    x,
    levels,
    x.map(() => 0.3),
  );
  const padded = quantiles([...x, 99], levels, [...x.map(() => 0.3), 0]);
  plain.forEach((value, i) => {
    expect(weighted[i]).toBeCloseTo(value, 12);
    expect(padded[i]).toBeCloseTo(value, 12);
  });
  expect(quantiles([1, 2], [0.5], [0, 0])[0]).toBeNaN();
});

it("a histogram closes its last bin and leaves out what lies outside", () => {
  expect(Array.from(histogram([0, 0.5, 1, 2, -1, 3, Number.NaN], [0, 1, 2]))).toEqual([2, 2]);
});

it("Kolmogorov's distribution has its tabulated points", () => {
  // Critical values 1.3581 (5 %) and 1.6276 (1 %); both series meet at x = 1.
  expect(kolmogorovTail(1.3581)).toBeCloseTo(0.05, 5);
  expect(kolmogorovTail(1.6276)).toBeCloseTo(0.01, 5);
  expect(kolmogorovTail(1 - 1e-12)).toBeCloseTo(kolmogorovTail(1), 10);
  expect(kolmogorovTail(0)).toBe(1);
});
