import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { integratedGaunt } from "./gaunt-integral.fixture.ts";
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
  for (let t = 0.05; t < 16; t += 0.05) sum += Math.exp(-z * Math.cosh(t));
  return 0.05 * sum;
}

describe("the free-free Gaunt factor", () => {
  it("of a hot plasma is Born's, 0.5513 exp(u/2) K0(u/2)", () => {
    for (const u of [1e-4, 0.01, 0.3, 3, 3.99, 4.01, 15, 49]) {
      const born = 0.5513 * Math.exp(u / 2) * besselK0(u / 2);
      // the polynomials of Abramowitz & Stegun
      expect(Math.abs(gaunt(1e-4, u) / born - 1)).toBeLessThan(5e-7);
    }
  });

  it("grows as ln 1/u in soft photons", () => {
    for (const gamma2 of [1e-4, 1e-2]) {
      const slope = (gaunt(gamma2, 1e-4) - gaunt(gamma2, 1e-3)) / Math.LN10;
      // sqrt(3)/pi; the next order is u ln u, and the polynomials deviate from 1 by 0.4 % there
      expect(Math.abs(slope / 0.5513 - 1)).toBeLessThan(0.005);
    }
  });

  /** Largest deviation from the integral over Sommerfeld's formula. */
  const deviation = (logGamma2: readonly [number, number], logU: readonly [number, number]) => {
    let worst = 0;
    for (let i = 0; i <= 24; i++)
      for (let j = 0; j <= 24; j++) {
        const gamma2 = 10 ** (logGamma2[0] + ((logGamma2[1] - logGamma2[0]) * i) / 24);
        const u = 10 ** (logU[0] + ((logU[1] - logU[0]) * j) / 24);
        worst = Math.max(worst, Math.abs(gaunt(gamma2, u) / integratedGaunt(gamma2, u) - 1));
      }
    return worst;
  };

  it.each([
    // polynomials between close nodes; then between 0.01, 0.03 and 0.1, where the factor is not linear in gamma^2
    ["0.6 % from 1.36 to 13.5 keV", [-2.998, -2], [-4, 1.49], 0.006],
    ["3 % from 0.14 to 1.36 keV", [-2, -1.001], [-4, 1.49], 0.03],
    // bilinear in a table of two decimals
    ["4 % from 0.4 eV to 0.13 keV", [-0.999, 1.55], [-4, 1.49], 0.04],
    // no correction at all: of the order of pi gamma where the electron gives up most of its energy
    ["9 % above 13.6 keV", [-4, -3.01], [-4, 1.49], 0.09],
    ["0.5 % above 13.6 keV for E < 0.01 kT", [-4, -3.01], [-4, -2], 0.005],
  ] as const)("of hydrogen is the integral itself within %s", (_, logGamma2, logU, tolerance) => {
    expect(deviation(logGamma2, logU)).toBeLessThan(tolerance);
  });

  it("is given by the integral in the tests: Sommerfeld's formula averaged with 72 points by mpmath", () => {
    for (const [logGamma2, logU, expected] of [
      [-2.9, -3.1, 4.383100107952696],
      [-1.3, -0.5, 1.4834926189267446],
      [-0.7, 0.9, 0.7457481347299478],
      [0.3, 1.5, 0.8810986346420174],
      [1.1, -1.7, 1.9217294852971365],
      [-2.5, 1.3, 0.25381094693325024],
    ]) {
      expect(Math.abs(integratedGaunt(10 ** logGamma2, 10 ** logU) / expected - 1)).toBeLessThan(1e-4);
    }
  });

  it("is continuous in u but for the steps between its polynomials, below 1.3 %", () => {
    for (const gamma2 of [1.2e-3, 0.008, 0.05, 0.1])
      for (const edge of [0.03, 0.3, 1, 5, 15]) {
        const step = gaunt(gamma2, edge * 1.00001) / gaunt(gamma2, edge * 0.99999) - 1;
        expect(Math.abs(step)).toBeLessThan(0.013);
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
