import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { bremss, vbremss, zbremss } from "./index.ts";
import type { Model } from "./types.ts";

function evaluate(model: Model, edges: ArrayLike<number>, theta: readonly number[]): number[] {
  const out = new Float64Array(edges.length - 1);
  model.prepare(Float64Array.from(edges), { abund: "wilm", xsect: "vern", vector: plainVectorMath })(
    out,
    theta,
  );
  return [...out];
}

/** Gaunt factor of hydrogen at gamma^2 and u, from a bin narrow enough for its trapezoid to be the density. */
function gaunt(gamma2: number, u: number): number {
  const kT = 0.01358 / gamma2;
  const [low, high] = [u * kT * (1 - 1e-6), u * kT * (1 + 1e-6)];
  const [photons] = evaluate(vbremss, [low, high], [kT, 0, 1]);
  return (photons / (high - low)) * Math.sqrt(kT) * Math.exp(u) * u * kT;
}

/** Modified Bessel function K0(z) = int_0^inf exp(-z cosh t) dt: the trapezoidal rule converges exponentially. */
function besselK0(z: number): number {
  let sum = 0.5 * Math.exp(-z);
  for (let t = 0.05; t < 12; t += 0.05) sum += Math.exp(-z * Math.cosh(t));
  return 0.05 * sum;
}

describe("the free-free Gaunt factor", () => {
  it("of a hot plasma is Born's, sqrt(3)/pi exp(u/2) K0(u/2)", () => {
    // the first correction is of the order of pi gamma = 3 % where the electron gives up most of its energy
    for (const [u, tolerance] of [
      [0.01, 2e-3],
      [0.3, 1e-2],
      [3, 3e-2],
    ]) {
      const born = (Math.sqrt(3) / Math.PI) * Math.exp(u / 2) * besselK0(u / 2);
      expect(Math.abs(gaunt(1e-4, u) / born - 1)).toBeLessThan(tolerance);
    }
  });

  it("between the points of its table is the integral itself", () => {
    // log10 gamma^2, log10 u, and Sommerfeld's formula averaged with 72 points by mpmath
    for (const [logGamma2, logU, expected] of [
      [-2.9, -3.1, 4.383100107952696],
      [-1.3, -0.5, 1.4834926189267446],
      [-0.7, 0.9, 0.7457481347299478],
      [0.3, 1.5, 0.8810986346420174],
      [1.1, -1.7, 1.9217294852971365],
      [-2.5, 1.3, 0.25381094693325024],
    ]) {
      expect(Math.abs(gaunt(10 ** logGamma2, 10 ** logU) / expected - 1)).toBeLessThan(1e-4);
    }
  });
});

describe("thermal bremsstrahlung", () => {
  const grid = Array.from({ length: 101 }, (_, i) => 0.2 * 100 ** (i / 100));

  it("at redshift zero is bremss, and at another the one on the stretched grid over 1+z", () => {
    expect(evaluate(zbremss, grid, [3, 0, 1])).toEqual(evaluate(bremss, grid, [3, 1]));
    const stretched = evaluate(
      bremss,
      grid.map((energy) => 1.5 * energy),
      [3, 1],
    );
    evaluate(zbremss, grid, [3, 0.5, 1]).forEach((value, i) => {
      expect(Math.abs(value / (stretched[i] / 1.5) - 1)).toBeLessThan(1e-12);
    });
  });

  it("with 8.5 % of helium is bremss", () => {
    expect(evaluate(vbremss, grid, [3, 0.085, 1])).toEqual(evaluate(bremss, grid, [3, 1]));
  });

  it("has no photons from 50 kT on", () => {
    const [below, at] = evaluate(bremss, [9, 10, 11], [0.2, 1]);
    expect(below).toBeGreaterThan(0);
    expect(at).toBe(0);
  });
});
