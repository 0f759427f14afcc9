import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { gaussian, lorentz, voigt } from "./index.ts";
import type { Model } from "./types.ts";

function evaluate(model: Model, edges: ArrayLike<number>, theta: readonly number[]): number[] {
  const out = new Float64Array(edges.length - 1);
  model.prepare(Float64Array.from(edges), { abund: "wilm", xsect: "vern", vector: plainVectorMath })(
    out,
    theta,
  );
  return [...out];
}

const grid = Array.from({ length: 201 }, (_, i) => 5 + 0.01 * i);

describe("the voigt line", () => {
  it("without a lorentzian is the gaussian", () => {
    const expected = evaluate(gaussian, grid, [6, 0.1, 1]);
    // where less than 1e-6 of a side remains, a bin gets all of it
    evaluate(voigt, grid, [6, 0.1, 0, 1]).forEach((value, i) => {
      expect(Math.abs(value - expected[i])).toBeLessThan(1e-6);
    });
  });

  it("without a gaussian is the lorentzian, but for what lies below zero energy", () => {
    const kept = 0.5 + Math.atan((2 * 6) / 0.1) / Math.PI;
    const expected = evaluate(lorentz, grid, [6, 0.1, kept]);
    evaluate(voigt, grid, [6, 0, 0.1, 1]).forEach((value, i) => {
      expect(Math.abs(value / expected[i] - 1)).toBeLessThan(1e-5);
    });
  });

  it("is within 1.3 % of its peak of the convolution", () => {
    const [sigma, gamma] = [0.05, 0.08];
    const convolved = (offset: number) => {
      let sum = 0;
      for (let t = -8; t <= 8; t += 0.01) {
        const d = offset - t * sigma;
        const line = gamma / 2 / Math.PI / (d * d + (gamma * gamma) / 4);
        sum += (0.01 * Math.exp((-t * t) / 2) * line) / Math.sqrt(2 * Math.PI);
      }
      return sum;
    };
    for (const offset of [0, 0.05, 0.1, 0.2]) {
      const [photons] = evaluate(voigt, [6 + offset - 1e-4, 6 + offset + 1e-4], [6, sigma, gamma, 1]);
      expect(Math.abs(photons / 2e-4 - convolved(offset))).toBeLessThan(0.013 * convolved(0));
    }
  });

  it("of no width is all in one bin", () => {
    const values = evaluate(voigt, [5, 5.9, 6.1, 7], [6, 0, 0, 2]);
    expect(values).toEqual([0, 2, 0]);
  });
});
