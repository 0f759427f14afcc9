import { describe, expect, it } from "vitest";
import { fnv1a32 } from "../math/fnv.ts";
import { stream } from "../math/random.ts";
import { createPhysicsKernels } from "./physics.ts";

const kernels = createPhysicsKernels({ memoryBytes: 4 * 2 ** 20 });
const { vector } = kernels;

function exp(x: readonly number[]): number[] {
  const values = Float64Array.from(x);
  vector.exp(values, values);
  return [...values];
}

function log(x: readonly number[]): number[] {
  const values = Float64Array.from(x);
  kernels.log(values, values);
  return [...values];
}

/** Numbers between lo and hi, and how many are asked for. */
function draws(n: number, lo: number, hi: number): number[] {
  const rng = stream(1, "vector test");
  return Array.from({ length: n }, () => lo + (hi - lo) * rng.uniform());
}

const bits = (x: readonly number[]) => fnv1a32([...new Uint32Array(Float64Array.from(x).buffer)].join());

describe("exp", () => {
  it("is within 1e-14 of Math.exp, which is good to 1 ulp, wherever the result is a normal number", () => {
    const x = [...draws(20000, -708.39, 709.78), ...draws(20000, -2, 2), ...draws(2000, -1e-9, 1e-9)];
    const y = exp(x);
    expect(Math.max(...x.map((xi, i) => Math.abs(y[i] / Math.exp(xi) - 1)))).toBeLessThan(1e-15);
  });

  it("goes to 0 through the subnormal numbers, half a unit of the last place off at most", () => {
    const x = draws(2000, -746, -708);
    const y = exp(x);
    expect(
      Math.max(...x.map((xi, i) => Math.abs(y[i] - Math.exp(xi)) / (5e-324 + 1e-15 * y[i]))),
    ).toBeLessThan(2);
    expect(exp([-745, -746])).toEqual([5e-324, 0]);
  });

  it("has the limits of the exponential function, NaN only where NaN goes in", () => {
    const x = [Number.NaN, -Infinity, Infinity, 0, -0, 709.79, -1e308, 1e308, 5e-324];
    expect(exp(x)).toEqual([Number.NaN, 0, Infinity, 1, 1, Infinity, 0, Infinity, 1]);
  });

  it("gives an element the same bits wherever it stands in the array and whatever stands beside it", () => {
    const x = draws(1003, -30, 30);
    const together = exp(x);
    expect(x.map((xi) => exp([xi])[0])).toEqual(together);
    expect(x.map((xi) => exp([xi, -1000, Number.NaN, xi])[3])).toEqual(together);
  });

  it("works in place, into another array, and on arrays of alloc alike", () => {
    const x = draws(5001, -700, 700);
    const expected = exp(x);
    const placed = vector.alloc(x.length);
    expect([...placed].every((value) => value === 0)).toBe(true);
    placed.set(x);
    const out = new Float64Array(x.length);
    vector.exp(out, placed);
    expect([...out]).toEqual(expected);
    vector.exp(placed, placed);
    expect([...placed]).toEqual(expected);
    kernels.release(placed);
  });

  it("has the same bits in every engine and on every machine", () => {
    expect(bits(exp(draws(5000, -740, 709)))).toBe(2405468675);
  });
});

describe("log", () => {
  it("is within 1e-15 of Math.log, relative to the result, also near 1", () => {
    const x = [
      ...draws(20000, -708, 709).map(Math.exp),
      ...draws(20000, 0.5, 2),
      ...draws(2000, 1 - 1e-9, 1 + 1e-9),
    ];
    const y = log(x);
    const error = x.map((xi, i) => Math.abs(y[i] - Math.log(xi)) / Math.max(Math.abs(Math.log(xi)), 1e-300));
    expect(Math.max(...error)).toBeLessThan(1e-15);
  });

  it("has the limits of the logarithm and takes subnormal numbers", () => {
    const x = [0, -0, 1, Infinity, -1, Number.NaN, 5e-324, 1e-310];
    const expected = [
      -Infinity,
      -Infinity,
      0,
      Infinity,
      Number.NaN,
      Number.NaN,
      Math.log(5e-324),
      Math.log(1e-310),
    ];
    log(x).forEach((y, i) => {
      if (Number.isFinite(expected[i])) expect(y).toBeCloseTo(expected[i], 11);
      else expect(y).toBe(expected[i]);
    });
  });

  it("has the same bits in every engine and on every machine", () => {
    expect(bits(log(draws(5000, 1e-3, 1e6)))).toBe(2235789680);
  });
});
