import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { absorbers } from "./absorption/elements.ts";
import { dust, phabs, pwab, spline, tbabs, tbvarabs, varabs, vphabs, wabs, wndabs } from "./index.ts";
import { gaussLegendre } from "./quadrature.ts";
import type { Model } from "./types.ts";

function evaluate(model: Model, edges: readonly number[], theta: readonly number[]): number[] {
  const out = new Float64Array(edges.length - 1);
  model.prepare(Float64Array.from(edges), { abund: "wilm", xsect: "vern", vector: plainVectorMath })(
    out,
    theta,
  );
  return [...out];
}

function expectClose(values: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(values).toHaveLength(expected.length);
  values.forEach((value, i) => {
    expect(Math.abs(value / expected[i] - 1)).toBeLessThan(tolerance);
  });
}

const grid = Array.from({ length: 81 }, (_, i) => 0.3 * 40 ** (i / 80));

describe("variable absorbers", () => {
  it("varabs with equal columns is phabs, and with others vphabs", () => {
    const equal = absorbers.map(() => 0.4);
    expectClose(evaluate(varabs, grid, equal), evaluate(phabs, grid, [0.4]), 1e-13);
    const factors = absorbers.map((_, k) => 0.5 + 0.1 * k);
    const columns = factors.map((factor, k) => (k === 0 ? 0.4 : 0.4 * factor));
    expectClose(evaluate(varabs, grid, columns), evaluate(vphabs, grid, [0.4, ...factors.slice(1)]), 1e-13);
  });

  it("tbvarabs with the depletion of tbabs is tbabs", () => {
    const theta = tbvarabs.parameters.map((parameter) => parameter.default);
    theta[0] = 0.3;
    const gas = [1, 1, 0.5, 1, 0.6, 1, 0.25, 0.2, 0.02, 0.1, 0.6, 0.5, 1, 0.003, 0.03, 0.3, 0.05, 0.04];
    const first = tbvarabs.parameters.findIndex((parameter) => parameter.name === "H_dep");
    gas.forEach((fraction, k) => {
      theta[first + k] = fraction;
    });
    expectClose(evaluate(tbvarabs, grid, theta), evaluate(tbabs, grid, [0.3]), 1e-13);
  });

  it("tbvarabs without grains absorbs more, since grains hide their atoms", () => {
    const theta = tbvarabs.parameters.map((parameter) => parameter.default);
    const [bare] = evaluate(tbvarabs, [1, 1.01], theta);
    expect(bare).toBeLessThan(evaluate(tbabs, [1, 1.01], [1])[0]);
  });

  it("wndabs is phabs above its window, and 1 below", () => {
    const edges = [0.5, 1, 2, 3, 4];
    const whole = evaluate(phabs, edges, [2]);
    expectClose(evaluate(wndabs, edges, [2, 1.5]), [1, 0.5 + 0.5 * whole[1], whole[2], whole[3]], 1e-14);
  });
});

describe("a distribution of columns", () => {
  it("of no width is a single one", () => {
    // a narrow bin away from edges, where mean depth and mean transmission agree
    expectClose(evaluate(pwab, [2, 2.001], [1.5, 1.5, 1]), evaluate(wabs, [2, 2.001], [1.5]), 1e-6);
  });

  it("has no jump where its steps change", () => {
    const at = (highest: number) => evaluate(pwab, [1, 1.1, 4, 4.4], [0.1, highest, 0.5]);
    expectClose(at(10 * (1 + 1e-7)), at(10 * (1 - 1e-7)), 1e-6);
  });

  it("is its integral, but for the step beyond the highest column", () => {
    // beyond nHmax = 100 nothing passes at 1 keV, so the extra step does not show
    const [sigma] = evaluate(wabs, [1, 1 + 1e-6], [1]).map((value) => -Math.log(value));
    const { nodes, weights } = gaussLegendre(60);
    let sum = 0;
    nodes.forEach((node, j) => {
      const column = 0.1 * 1000 ** (0.5 * (1 + node));
      sum += weights[j] * column ** 1.5 * Math.exp(-column * sigma);
    });
    const exact = (sum * 0.5 * Math.log(1000)) / ((100 ** 1.5 - 0.1 ** 1.5) / 1.5);
    // steps of a tenth of a decade: (0.1 ln 10)^2/24 times a few
    expectClose(evaluate(pwab, [1, 1 + 1e-6], [0.1, 100, 0.5]), [exact], 1e-2);
  });
});

describe("factors with a closed form", () => {
  it("the spline is the mean of its cubic, with its values and slopes at the ends", () => {
    const theta = [1, 2, 0.5, -0.3, 0.7, 5];
    const at = (energy: number) => evaluate(spline, [energy - 1e-6, energy + 1e-6], theta)[0];
    expect(at(1 + 2e-6)).toBeCloseTo(2, 5);
    expect(at(5 - 2e-6)).toBeCloseTo(0.5, 5);
    expect((at(1.01) - at(1.001)) / 0.009).toBeCloseTo(-0.3, 1);
    expect((at(4.999) - at(4.99)) / 0.009).toBeCloseTo(0.7, 1);
    // Simpson's rule is exact for cubics
    const [mean] = evaluate(spline, [2, 3], theta);
    expect(mean).toBeCloseTo((at(2) + 4 * at(2.5) + at(3)) / 6, 9);
    expect(evaluate(spline, [0.2, 0.9, 5.5, 7], theta)[0]).toBe(1);
  });

  it("dust scatters below the halo's energy alone", () => {
    const [below, above] = evaluate(dust, [0.9, 1.1, 3], [0.1, 2]);
    expect(below).toBeCloseTo(1 - 0.1 * (1 - 0.25), 14);
    expect(above).toBe(1);
  });
});
