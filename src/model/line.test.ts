import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { gaussian } from "./gaussian.ts";
import { lorentz } from "./lorentz.ts";
import type { Model } from "./types.ts";

const settings = { abund: "wilm", xsect: "vern", vector: plainVectorMath };

function evaluate(model: Model, edges: Float64Array, theta: readonly number[]): Float64Array {
  const out = new Float64Array(edges.length - 1);
  model.prepare(edges, settings)(out, theta);
  return out;
}
const fine = Float64Array.from({ length: 2001 }, (_, i) => 1 + 0.005 * i);

describe("a gaussian line", () => {
  it("holds its norm when it lies inside the grid", () => {
    const photons = evaluate(gaussian, fine, [6.4, 0.1, 2]).reduce((sum, value) => sum + value, 0);
    expect(photons).toBeCloseTo(2, 13);
  });

  it("of no width puts everything into one bin, and nothing when outside", () => {
    const out = evaluate(gaussian, Float64Array.of(1, 2, 3, 4), [2, 0, 5]);
    expect([...out]).toEqual([0, 5, 0]);
    expect([...evaluate(gaussian, Float64Array.of(1, 2, 3, 4), [0.5, 0, 5])]).toEqual([0, 0, 0]);
    expect([...evaluate(gaussian, Float64Array.of(1, 2, 3, 4), [4, 0, 5])]).toEqual([0, 0, 0]);
  });

  it("has 68.27 % of its photons within one sigma", () => {
    const [, centre] = evaluate(gaussian, Float64Array.of(1, 4, 6, 9), [5, 1, 1]);
    expect(centre).toBeCloseTo(0.682689492137086, 14);
  });

  it("outside the grid leaves its tail inside", () => {
    // 2 sigma and 3 sigma from the centre, on either side
    const expected = 0.0227501319481792 - 0.0013498980316301;
    expect(evaluate(gaussian, Float64Array.of(7, 8), [5, 1, 1])[0]).toBeCloseTo(expected, 14);
    expect(evaluate(gaussian, Float64Array.of(2, 3), [5, 1, 1])[0]).toBeCloseTo(expected, 14);
  });
});

describe("a lorentzian line", () => {
  it("has half of its photons within half its width, apart from what would lie below zero energy", () => {
    const [, centre] = evaluate(lorentz, Float64Array.of(1, 4.5, 5.5, 9), [5, 1, 1]);
    expect(centre).toBeCloseTo(Math.PI / 2 / (Math.PI / 2 + Math.atan(10)), 14);
  });
});
