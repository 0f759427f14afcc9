import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { densityMap, enclosingContour, enclosingLevel } from "./densityMap.ts";

/** N draws of a standard Gaussian pair with correlation rho. */
function pairs(draws: number, rho: number) {
  const rng = stream(1, `pairs ${rho}`, 0);
  const x = new Float64Array(draws);
  const y = new Float64Array(draws);
  for (let i = 0; i < draws; i++) {
    x[i] = rng.normal();
    y[i] = rho * x[i] + Math.sqrt(1 - rho * rho) * rng.normal();
  }
  return { x, y, weights: new Float64Array(draws).fill(1) };
}

/** Area inside rings by the shoelace formula; holes turn the other way and count negative. */
function area(rings: readonly number[][]): number {
  let sum = 0;
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      const j = (i + 2) % ring.length;
      sum += ring[i] * ring[j + 1] - ring[j] * ring[i + 1];
    }
  }
  return Math.abs(sum) / 2;
}

const RANGE = [-5, 5] as const;

describe("contours of a sample", () => {
  // Highest-density ellipse of a Gaussian: area pi chi2 sqrt(1 - rho^2), chi2 = -2 ln(1 - share).
  // 4 %: 20 000 draws fix the share to 0.3 %, which is 0.5 % in area; cells of 0.1 sd and the kernel do the rest.
  it.each([
    [0, 0.68],
    [0, 0.95],
    [0.9, 0.68],
    [-0.97, 0.95],
  ])("of a Gaussian with correlation %f enclose the area of the exact ellipse at %f", (rho, share) => {
    const { x, y, weights } = pairs(20000, rho);
    const map = densityMap(x, y, weights, RANGE, RANGE, 128);
    const exact = Math.PI * -2 * Math.log(1 - share) * Math.sqrt(1 - rho * rho);
    const tolerance = rho === -0.97 ? 0.12 : 0.04; // there the ellipse is only five cells wide
    expect(Math.abs(area(enclosingContour(map, share)) / exact - 1)).toBeLessThan(tolerance);
  });

  it("enclose the share asked for, whatever the shape", () => {
    const { x, y, weights } = pairs(20000, 0.3);
    const bent = y.map((value, i) => value * 0.3 + x[i] * x[i]);
    const map = densityMap(x, bent, weights, RANGE, [-2, 20], 96);
    for (const share of [0.5, 0.68, 0.95]) {
      const level = enclosingLevel(map, share);
      const inside = map.mass.reduce((sum, mass, k) => sum + (map.density[k] >= level ? mass : 0), 0);
      // One cell on the level's edge holds about 1e-3 of the sample.
      expect(Math.abs(inside - share)).toBeLessThan(0.005);
    }
  });

  it("follow the weights: weights exp(x) move a Gaussian by one standard deviation", () => {
    const { x, y } = pairs(20000, 0);
    const map = densityMap(x, y, x.map(Math.exp), RANGE, RANGE, 96);
    const ring = enclosingContour(map, 0.68).reduce((a, b) => (a.length > b.length ? a : b));
    const xs = ring.filter((_, i) => i % 2 === 0);
    // Radius 1.51 sd around 1; 0.15 sd covers the noise of 7000 effective draws.
    expect((Math.max(...xs) + Math.min(...xs)) / 2).toBeGreaterThan(0.85);
    expect((Math.max(...xs) + Math.min(...xs)) / 2).toBeLessThan(1.15);
  });

  it("do not sag at a hard edge: the density of a uniform square is as high in its corners as in its middle", () => {
    const rng = stream(2, "square", 0);
    const draw = () => Float64Array.from({ length: 40000 }, () => rng.uniform());
    const [x, y] = [draw(), draw()];
    const map = densityMap(x, y, new Float64Array(40000).fill(1), [0, 1], [0, 1], 64);
    // Kernel of 0.05 holds about 600 draws in the middle and 160 in a corner: 8 % noise, allowed 25 %.
    const middle = map.density[32 * 64 + 32];
    for (const k of [0, 63, 63 * 64, 63 * 64 + 63])
      expect(Math.abs(map.density[k] / middle - 1)).toBeLessThan(0.25);
  });
});
