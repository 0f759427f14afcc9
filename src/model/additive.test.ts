import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import {
  agauss,
  bkn2pow,
  cutoffpl,
  expdec,
  expfac,
  grbm,
  logpar,
  pegpwrlw,
  powerlaw,
  redge,
  step,
  tbabs,
  tbfeo,
  tbgrain,
  zagauss,
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

function expectRatio(values: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(values).toHaveLength(expected.length);
  values.forEach((value, i) => {
    expect(Math.abs(value / expected[i] - 1)).toBeLessThan(tolerance);
  });
}
const wide = [0.3, 0.5, 1, 2, 7, 12];

describe("the cut-off power law", () => {
  it("of index 0 is the integral of an exponential, and of index -1 the next gamma function", () => {
    const ends = (f: (energy: number) => number) => wide.slice(1).map((b, i) => f(wide[i]) - f(b));
    // 5-point quadrature in panels of ln b/a < 0.1
    expectRatio(
      evaluate(cutoffpl, wide, [0, 5, 1]),
      ends((e) => 5 * Math.exp(-e / 5)),
      1e-12,
    );
    expectRatio(
      evaluate(cutoffpl, wide, [-1, 5, 1]),
      ends((e) => 5 * (e + 5) * Math.exp(-e / 5)),
      1e-12,
    );
  });

  it("is the power law when the cut-off is far away, and continuous through index 1", () => {
    // exp(-E/500): E/500 is not negligible, so compare with the first orders of its series
    const at = evaluate(cutoffpl, wide, [1, 15, 1]);
    const beside = evaluate(cutoffpl, wide, [1 + 1e-9, 15, 1]);
    expectRatio(beside, at, 1e-8);
    expectRatio(
      evaluate(cutoffpl, [0.01, 0.02], [1.7, 500, 1]),
      evaluate(powerlaw, [0.01, 0.02], [1.7, 1]),
      4e-5,
    );
  });
});

describe("other continua", () => {
  it("the exponential decay integrates exactly, and is flat without decay", () => {
    expectRatio(
      evaluate(expdec, [1, 2, 5], [0.7, 1]),
      [(Math.exp(-0.7) - Math.exp(-1.4)) / 0.7, (Math.exp(-1.4) - Math.exp(-3.5)) / 0.7],
      1e-14,
    );
    expect(evaluate(expdec, [1, 2, 5], [0, 1])).toEqual([1, 3]);
  });

  it("the recombination edge holds its norm", () => {
    const [below, all] = evaluate(redge, [0.5, 1.2, 200], [1.4, 2, 3]);
    expect(below).toBe(0);
    expect(all).toBeCloseTo(3, 13);
  });

  it("the step falls from its norm to zero, half at its energy", () => {
    const [low, middle, high] = evaluate(step, [1, 2, 8, 9], [5, 0.3, 2]);
    expect(low).toBe(2);
    expect(middle).toBeCloseTo(6, 13);
    expect(high).toBeLessThan(1e-30);
  });

  it("the log-parabola without curvature is the power law of its pivot, by Simpson's rule", () => {
    const grid = Array.from({ length: 50 }, (_, i) => 1 + 0.02 * i);
    const expected = evaluate(powerlaw, grid, [1.5, 2 ** 1.5]);
    // (ln b/a)^4/2880 = 6e-11, times G (G+1)(G+2)(G+3)
    expectRatio(evaluate(logpar, grid, [1.5, 0, 2, 1]), expected, 5e-9);
  });

  it("the curvature of the log-parabola counts decades", () => {
    const [value] = evaluate(logpar, [10, 10 + 1e-6], [1.5, 0.2, 1, 1]);
    expectRatio([value], [1e-6 * 10 ** -1.7], 1e-6);
  });

  it("the power law by flux has that flux in its band", () => {
    const grid = Array.from({ length: 801 }, (_, i) => 2 * 5 ** (i / 800));
    const photons = evaluate(pegpwrlw, grid, [1.7, 2, 10, 3]);
    const flux = photons.reduce((sum, value, i) => sum + value * 0.5 * (grid[i] + grid[i + 1]), 0);
    // mean energy of a bin: (ln b/a)^2/12 = 3e-7 times a few
    expectRatio([flux * 1.602e3], [3], 2e-6);
    expectRatio(
      evaluate(pegpwrlw, wide, [2, 2, 10, 1]),
      evaluate(powerlaw, wide, [2, 1 / (1.602e3 * Math.log(5))]),
      1e-14,
    );
    expectRatio(
      evaluate(pegpwrlw, wide, [1.5, 4, 4, 1]),
      evaluate(powerlaw, wide, [1.5, 1.509e-3 * 2]),
      1e-14,
    );
    expect(evaluate(pegpwrlw, wide, [1.5, -1, 4, 1])).toEqual(evaluate(powerlaw, wide, [1.5, 1]));
  });

  it("two breaks join three power laws, also inside one bin", () => {
    // E^0 to 2, 4 E^-2 to 4, 16 E^-3 beyond
    const expected = 1 + 4 * (1 / 2 - 1 / 4) + 8 * (1 / 16 - 1 / 64);
    expectRatio(evaluate(bkn2pow, [1, 8], [0, 2, 2, 4, 3, 1]), [expected], 1e-14);
  });

  it("the burst spectrum is continuous at its break", () => {
    const density = (energy: number) =>
      evaluate(grbm, [energy - 1e-5, energy + 1e-5], [-0.5, -2.5, 50, 1])[0];
    expectRatio([density(100 - 1e-3)], [density(100 + 1e-3)], 1e-4);
    // the bin's own width has this rounding error
    expectRatio([density(400)], [density(200) * 2 ** -2.5], 1e-8);
  });
});

describe("a line in wavelength", () => {
  it("holds its norm, and at a redshift 1/(1+z) of it at a longer wavelength", () => {
    const grid = Array.from({ length: 401 }, (_, i) => 0.5 + 0.01 * i);
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    expect(sum(evaluate(agauss, grid, [8, 0.3, 2]))).toBeCloseTo(2, 12);
    const shifted = evaluate(zagauss, grid, [8, 0.3, 0.25, 2]);
    expect(shifted).toEqual(evaluate(agauss, grid, [10, 0.375, 1.6]));
  });
});

describe("factors with a closed form", () => {
  it("an exponential excess begins at its energy", () => {
    const [below, across] = evaluate(expfac, [1, 2, 4], [3, 0.5, 3]);
    expect(below).toBe(1);
    expect(across).toBeCloseTo(1 + (3 * (Math.exp(-1.5) - Math.exp(-2))) / 0.5 / 2, 14);
  });

  it("the variants of tbabs are tbabs at their defaults", () => {
    const expected = evaluate(tbabs, wide, [0.3]);
    expectRatio(evaluate(tbgrain, wide, [0.3, 0.2, 1, 0.025, 0.25, 3.5]), expected, 1e-14);
    expectRatio(evaluate(tbfeo, wide, [0.3, 1, 1, 0]), expected, 1e-14);
  });

  it("more iron adds most of its absorption above its L edge", () => {
    const depth = (energy: number, iron: number) =>
      -Math.log(evaluate(tbfeo, [energy - 0.002, energy + 0.002], [1, 1, iron, 0])[0]);
    const added = (energy: number) => depth(energy, 2) - depth(energy, 1);
    expect(added(0.69)).toBeGreaterThan(0);
    expect(added(0.73) / added(0.69)).toBeGreaterThan(3);
    expect(depth(0.73, 1.5) - depth(0.73, 1)).toBeLessThan(added(0.73));
  });
});
