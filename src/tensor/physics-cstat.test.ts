import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { createPhysicsKernels } from "./physics.ts";
import { cstatReference } from "./physics-reference.ts";

const kernels = createPhysicsKernels({ memoryBytes: 4 * 2 ** 20 });

function cstat(mu: readonly number[], counts: readonly number[]): number {
  const out = new Float64Array(1);
  kernels.cstat(out, Float64Array.from(mu), Float64Array.from(counts), 1);
  return out[0];
}

/** Means over eight decades and counts near and far from them. */
function example(n: number, bins: number) {
  const rng = stream(11, "cstat test");
  const mu = Float64Array.from({ length: n * bins }, () => 10 ** (8 * rng.uniform() - 3));
  const counts = mu.map((m, i) => (i % 7 === 0 ? 0 : Math.floor(m * (i % 3 === 0 ? 1 : 2 * rng.uniform()))));
  return { mu, counts };
}

describe("C-stat", () => {
  it.each([1, 2, 95, 193])("of %d bins agrees with compensated sums to 1e-12", (bins) => {
    const n = 120;
    const { mu, counts } = example(n, bins);
    const expected = new Float64Array(n);
    const out = new Float64Array(n);
    cstatReference(expected, mu, counts, n);
    kernels.logLike(out, mu, counts, n);
    // A bin whose mean is close to its s counts has a term far below s: the rounding of m - s, 1e-16 s,
    // stays.
    const rounding = (i: number) =>
      1e-15 * counts.subarray(i * bins, (i + 1) * bins).reduce((a, s) => a + s, 0);
    expected.forEach((value, i) => {
      expect(Math.abs(-2 * out[i] - value)).toBeLessThan(1e-12 * value + rounding(i));
    });
  });

  it("is zero, to rounding, where the model gives the counts, and never below", () => {
    expect(cstat([0, 3, 1e6], [0, 3, 1e6])).toBeCloseTo(2e-5, 15);
    expect(cstat([3, 1e6, 5], [3, 1e6, 5])).toBe(0);
  });

  it("has the closed forms of one bin: 2 mu without counts, 2 (mu - s + s ln(s / mu)) with, floor 1e-5", () => {
    expect(cstat([7.5], [0])).toBe(15);
    expect(cstat([2], [1])).toBeCloseTo(2 * (1 - Math.LN2), 15);
    expect(cstat([0], [3])).toBeCloseTo(2 * (1e-5 - 3 + 3 * Math.log(3e5)), 12);
    expect(cstat([-4], [3])).toBe(cstat([0], [3]));
  });

  it("is Infinity or NaN where the mean is, whichever lane it stands in", () => {
    for (const bad of [Infinity, Number.NaN]) {
      for (const place of [0, 1, 2]) {
        const mu = [1, 2, 3];
        mu[place] = bad;
        expect(cstat(mu, [1, 1, 1])).toBe(bad);
        expect(cstat(mu, [0, 0, 0])).toBe(bad);
      }
    }
  });

  it("takes one set of counts for all rows, rows in any number of pieces, arrays of any kind and place", () => {
    const [n, bins] = [200, 193];
    const { mu, counts } = example(n, bins);
    const common = counts.slice(0, bins);
    const repeated = Float64Array.from({ length: n * bins }, (_, i) => common[i % bins]);
    const [shared, each] = [new Float64Array(n), new Float64Array(n)];
    kernels.cstat(shared, mu, common, n);
    kernels.logLike(each, mu, repeated, n);
    expect([...shared]).toEqual([...each.map((value) => -2 * value)]);
    const placed = kernels.vector.alloc(n * bins);
    placed.set(mu);
    kernels.cstat(each, placed, Uint32Array.from(common), n);
    expect(each).toEqual(shared);
    kernels.release(placed);
  });
});
