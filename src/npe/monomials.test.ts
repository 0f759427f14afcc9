import { describe, expect, it } from "vitest";
import { monomialCount, monomialEvaluator, monomials } from "./monomials.ts";

describe("monomials", () => {
  it("of two variables up to degree 2 are 1, x, y, xx, xy, yy", () => {
    expect(monomials(2, 2)).toEqual([[], [0], [1], [0, 0], [0, 1], [1, 1]]);
  });

  it("are as many as the binomial of F + degree over degree, each once", () => {
    for (const [F, degree, count] of [
      [1, 5, 6],
      [3, 3, 20],
      [5, 2, 21],
      [4, 0, 1],
      [12, 3, 455],
    ]) {
      const all = monomials(F, degree).map((list) => list.join());
      expect(all.length).toBe(count);
      expect(new Set(all).size).toBe(count);
      expect(monomialCount(F, degree)).toBe(count);
    }
  });

  it("have the values of their products, at any place of an array", () => {
    const x = Float64Array.of(9, 9, 1.5, -2, 0.25);
    const out = new Float64Array(monomialCount(3, 4));
    monomialEvaluator(3, 4)(out, x, 2);
    monomials(3, 4).forEach((list, p) => {
      expect(out[p]).toBeCloseTo(
        list.reduce((product, f) => product * x[2 + f], 1),
        14,
      );
    });
  });
});
