import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { coldAlbedo } from "./cold-albedo.ts";
import { cutoffpl, pexrav } from "./index.ts";
import { gaussLegendre } from "./quadrature.ts";
import { scatteringOrders } from "./slab-albedo.ts";
import type { Model } from "./types.ts";

const settings = { abund: "angr", xsect: "vern", vector: plainVectorMath };
const grid = Array.from({ length: 201 }, (_, i) => 0.3 * 100 ** (i / 200));

function evaluate(model: Model, edges: readonly number[], theta: readonly number[]): number[] {
  const out = new Float64Array(edges.length - 1);
  model.prepare(Float64Array.from(edges), settings)(out, theta);
  return [...out];
}

describe("the orders of scattering in a half-space", () => {
  it("add up to the plane albedo of isotropic light, 2/w (1 - (1-w)^1/2) - 1", () => {
    const { nodes, weights } = gaussLegendre(16);
    for (const w of [0.1, 0.5, 0.7]) {
      let albedo = 0;
      nodes.forEach((node, j) => {
        const orders = scatteringOrders(0.5 * (1 + node));
        for (let n = 1; n < orders.length; n++) albedo += 0.5 * weights[j] * orders[n] * w ** n;
      });
      // what scatters more than 40 times: 0.7^41
      expect(Math.abs(albedo - ((2 / w) * (1 - Math.sqrt(1 - w)) - 1))).toBeLessThan(2e-5);
    }
  });

  it("begin with single scattering after Thomson", () => {
    // (3/8) int_0^1 (1 + t^2)/(1 + t) dt at mu = 1
    const exact = (3 / 8) * (2 * Math.LN2 - 0.5);
    expect(scatteringOrders(1)[1]).toBeCloseTo(exact, 12);
  });
});

describe("pexrav", () => {
  it("without reflection is the cut-off power law, 1 at 1 keV", () => {
    const expected = evaluate(cutoffpl, grid, [1.8, 60, Math.exp(1 / 60)]);
    evaluate(pexrav, grid, [1.8, 60, 0, 0, 1, 1, 0.45, 1]).forEach((value, i) => {
      expect(Math.abs(value / expected[i] - 1)).toBeLessThan(1e-13);
    });
  });

  it("reflects in proportion to rel_refl, alone where that is negative", () => {
    const none = evaluate(pexrav, grid, [1.8, 60, 0, 0, 1, 1, 0.45, 1]);
    const one = evaluate(pexrav, grid, [1.8, 60, 1, 0, 1, 1, 0.45, 1]);
    const two = evaluate(pexrav, grid, [1.8, 60, 2, 0, 1, 1, 0.45, 1]);
    const alone = evaluate(pexrav, grid, [1.8, 60, -1, 0, 1, 1, 0.45, 1]);
    one.forEach((value, i) => {
      expect(Math.abs(two[i] - 2 * value + none[i])).toBeLessThan(1e-13 * value);
      expect(Math.abs(alone[i] - (value - none[i]))).toBeLessThan(1e-13 * value);
    });
  });

  it("reflects what Chandrasekhar's H function says where scattering is elastic", () => {
    // at 3 keV a scattering costs 0.6 %; single scattering dominates and has Thomson's phase function
    const [low, high] = [2.999, 3.001];
    const [reflected] = evaluate(pexrav, [low, high], [2, 1e6, -1, 0, 1, 1, 0.5, 1]);
    const w = coldAlbedo(settings)(1, 1)(3);
    const expected = scatteringOrders(0.5).reduce((sum, h, n) => (n === 0 ? 0 : sum + h * w ** n), 0);
    // w ~ E^3 at an energy 0.6 % to 1.2 % higher
    expect(Math.abs((reflected * 9) / (high - low) / expected - 1)).toBeLessThan(0.02);
  });

  it("has an albedo that halving its bins changes by less than 1.5e-4, away from edges", () => {
    const [once, twice] = [coldAlbedo(settings)(1, 1), coldAlbedo(settings, 24000)(1, 1)];
    // half a bin, 2.9e-4, times the half by which the absorption's slope differs from -3
    for (const energy of [0.2, 0.4, 0.8, 1.1, 2, 3, 5, 7, 7.3, 15, 60])
      expect(Math.abs(once(energy) / twice(energy) - 1)).toBeLessThan(1.5e-4);
  });

  it("loses its photons at the iron edge, more with more iron", () => {
    const depth = (iron: number) => {
      const [below, , above] = evaluate(pexrav, [6.9, 7, 7.2, 7.3], [2, 1e6, -1, 0, 1, iron, 0.45, 1]);
      return 1 - above / below;
    };
    expect(depth(1)).toBeGreaterThan(0.3);
    expect(depth(3)).toBeGreaterThan(depth(1));
    expect(Math.abs(depth(0))).toBeLessThan(0.1);
  });

  it("at a redshift is the one on the stretched grid, but for the norm", () => {
    const shifted = evaluate(pexrav, grid, [1.9, 100, 1, 0.5, 1, 1, 0.45, 1]);
    const rest = evaluate(
      pexrav,
      grid.map((energy) => 1.5 * energy),
      [1.9, 100, 1, 0, 1, 1, 0.45, 1],
    );
    // n(1.5 E)/n(1.5) against n(1.5 E)/n(1), bins 1.5 times as wide
    const factor = (1.5 ** 1.9 * Math.exp(0.5 / 100)) / 1.5;
    shifted.forEach((value, i) => {
      expect(Math.abs(value / (factor * rest[i]) - 1)).toBeLessThan(1e-11);
    });
  });
});
