import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import {
  cabs,
  constant,
  cyclabs,
  edge,
  expabs,
  gabs,
  highecut,
  notch,
  plabs,
  smedge,
  spexpcut,
  zedge,
} from "./index.ts";
import type { Model } from "./types.ts";

function evaluate(model: Model, edges: readonly number[], theta: readonly number[]): number[] {
  const out = new Float64Array(edges.length - 1);
  model.prepare(Float64Array.from(edges), { abund: "wilm", xsect: "vern", vector: plainVectorMath })(
    out,
    theta,
  );
  return [...out];
}

describe("the bin rule", () => {
  it("of an edge is the mean of the two edges, with the bin of the edge split", () => {
    const above = (energy: number) => Math.exp(-2 * (energy / 3) ** -3);
    const [below, split, beyond] = evaluate(edge, [1, 2, 4, 6], [3, 2]);
    expect(below).toBe(1);
    expect(split).toBeCloseTo(0.5 + (0.5 * (Math.exp(-2) + above(4))) / 2, 14);
    expect(beyond).toBeCloseTo((above(4) + above(6)) / 2, 14);
  });

  it("of an edge at a bin's own edge starts there", () => {
    const [below, beyond] = evaluate(edge, [2, 3, 4], [3, 2]);
    expect(below).toBeCloseTo((1 + Math.exp(-2)) / 2, 14);
    expect(beyond).toBeCloseTo((Math.exp(-2) + Math.exp(-2 * (4 / 3) ** -3)) / 2, 14);
  });

  it("of an edge at a redshift is that of an edge at a lower energy", () => {
    expect(evaluate(zedge, [1, 2, 4, 6], [4.5, 2, 0.5])).toEqual(evaluate(edge, [1, 2, 4, 6], [3, 2]));
  });

  it("of a high-energy cut-off is the mean of the two edges, and below the cut-off not quite 1", () => {
    const [below, above] = evaluate(highecut, [1, 2, 10, 14], [10, 4]).slice(1);
    expect(below).toBeCloseTo(Math.exp(-0.001 / 4), 14);
    expect(above).toBeCloseTo((Math.exp(-0.001 / 4) + Math.exp(-1)) / 2, 14);
  });

  it("of exponential factors is the mean of the two edges", () => {
    expect(evaluate(expabs, [1, 2], [3])[0]).toBeCloseTo((Math.exp(-3) + Math.exp(-1.5)) / 2, 14);
    expect(evaluate(spexpcut, [1, 2], [2, 3])[0]).toBeCloseTo((Math.exp(-1 / 8) + Math.exp(-1)) / 2, 14);
    const cyclotron = evaluate(cyclabs, [30, 60], [2, 30, 10, 0, 20])[0];
    expect(cyclotron).toBeCloseTo((Math.exp(-2) + Math.exp((-2 * 400) / (900 + 100))) / 2, 14);
  });

  it("of a smeared edge is 1 at the edge itself", () => {
    const above = Math.exp(-(2 ** -2.67) * (1 - Math.exp(-7 / 10)));
    const [value] = evaluate(smedge, [6, 14], [7, 1, -2.67, 10]);
    expect(value).toBeCloseTo(1 / 8 + ((7 / 8) * (1 + above)) / 2, 14);
  });
});

describe("exact means over the bin", () => {
  it("of a power-law factor", () => {
    const [value] = evaluate(plabs, [1, 4], [2, 3]);
    expect(value).toBeCloseTo((3 * (1 - 1 / 4)) / 3, 14);
  });

  it("of a notch weigh the overlap", () => {
    expect(evaluate(notch, [1, 2, 3, 4, 5], [3, 1, 0.8])).toEqual([1, 1 - 0.8 / 2, 1 - 0.8 / 2, 1]);
  });

  it("of a weak absorption line are missing its strength", () => {
    // 1 - exp(-tau) summed over the line: S (1 - S/(4 sqrt(pi) sigma) + ...); 6 sigma hold all but 2e-9 of it
    const edges = Array.from({ length: 41 }, (_, i) => 4 + 0.1 * i);
    const missing = evaluate(gabs, edges, [6.03, 0.2, 1e-4]).reduce(
      (sum, value) => sum + 0.1 * (1 - value),
      0,
    );
    const expected = 1e-4 * (1 - 1e-4 / (4 * Math.sqrt(Math.PI) * 0.2));
    expect(Math.abs(missing / expected - 1)).toBeLessThan(1e-8);
  });

  it("of an absorption line do not depend on how the bins lie", () => {
    const [whole] = evaluate(gabs, [5, 8], [6.4, 0.1, 2]);
    const parts = evaluate(gabs, [5, 6.31, 6.4, 6.55, 8], [6.4, 0.1, 2]);
    const sum = 1.31 * parts[0] + 0.09 * parts[1] + 0.15 * parts[2] + 1.45 * parts[3];
    // panels of sigma/8 of a line with optical depth 8
    expect(sum / 3).toBeCloseTo(whole, 9);
  });

  it("of a constant are that constant", () => {
    expect(evaluate(constant, [1, 2, 3], [0.7])).toEqual([0.7, 0.7]);
  });
});

describe("Compton scattering", () => {
  it("is Thomson's at low energies, and its series meets the closed form", () => {
    expect(-Math.log(evaluate(cabs, [1e-3, 1.001e-3], [1])[0])).toBeCloseTo(1.21 * 0.665e-2, 7);
    const at = (energy: number) => -Math.log(evaluate(cabs, [energy - 1e-6, energy + 1e-6], [100])[0]);
    const joint = 0.025 * 510.999;
    // the series is cut at w^6 and slopes by 2 w a unit of w
    expect(at(joint + 1e-5) / at(joint - 1e-5)).toBeCloseTo(1, 6);
  });
});
