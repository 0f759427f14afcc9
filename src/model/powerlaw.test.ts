import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { bknpower } from "./bknpower.ts";
import { powerlaw } from "./powerlaw.ts";
import type { Model } from "./types.ts";

const settings = { abund: "wilm", xsect: "vern", vector: plainVectorMath };

function evaluate(model: Model, edges: readonly number[], theta: readonly number[]): number[] {
  const out = new Float64Array(edges.length - 1);
  model.prepare(Float64Array.from(edges), settings)(out, theta);
  return [...out];
}

describe("the power law", () => {
  it("is log(b/a) at index 1 and continuous there", () => {
    const [at] = evaluate(powerlaw, [2, 10], [1, 1]);
    expect(at).toBeCloseTo(Math.log(5), 14);
    const [beside] = evaluate(powerlaw, [2, 10], [1 + 1e-9, 1]);
    // d/dG of the integral is -int ln E / E dE = -(ln^2 10 - ln^2 2)/2
    const slope = -(Math.log(10) ** 2 - Math.log(2) ** 2) / 2;
    expect(beside - at).toBeCloseTo(1e-9 * slope, 14);
  });

  it.each([
    [2, [1, 4], 1 - 1 / 4],
    [3, [0.5, 2], (4 - 0.25) / 2],
    [0, [1, 3.5], 2.5],
    [-2, [1, 3], 26 / 3],
    [10, [0.1, 0.2], (0.1 ** -9 - 0.2 ** -9) / 9],
  ])("of index %d over [%s] is the closed form", (index, edges, expected) => {
    const [value] = evaluate(powerlaw, edges, [index, 1]);
    expect(Math.abs(value / expected - 1)).toBeLessThan(1e-14);
  });

  it("keeps 13 digits in a bin of a millionth of its energy", () => {
    // b - a = 2^-20 exactly; to this order the integral is m^-G (b - a)(1 + G(G+1)/24 ((b-a)/m)^2) at the middle m
    const width = 2 ** -20;
    const [value] = evaluate(powerlaw, [1, 1 + width], [1.7, 1]);
    const middle = 1 + width / 2;
    const expected = middle ** -1.7 * width * (1 + (1.7 * 2.7 * (width / middle) ** 2) / 24);
    expect(Math.abs(value / expected - 1)).toBeLessThan(1e-13);
  });
});

describe("the broken power law", () => {
  it("is the power law when both indices are the same", () => {
    const edges = [0.5, 1, 3, 6, 7, 20];
    const plain = evaluate(powerlaw, edges, [1.7, 1]);
    evaluate(bknpower, edges, [1.7, 5, 1.7, 1]).forEach((value, i) => {
      expect(Math.abs(value / plain[i] - 1)).toBeLessThan(1e-14);
    });
  });

  it("splits the bin with the break", () => {
    // E^0 below 2, 4 E^-2 above
    const [value] = evaluate(bknpower, [1, 4], [0, 2, 2, 1]);
    expect(value).toBeCloseTo(1 + 4 * (1 / 2 - 1 / 4), 14);
  });
});
