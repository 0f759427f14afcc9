import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { bbody } from "./bbody.ts";
import { bbodyrad } from "./bbodyrad.ts";
import type { Model } from "./types.ts";
import { zbbody } from "./zbbody.ts";

const settings = { abund: "wilm", xsect: "vern", vector: plainVectorMath };
const edges = Float64Array.from({ length: 4001 }, (_, i) => 1e-3 * 4e4 ** (i / 4000));

function evaluate(model: Model, on: Float64Array, theta: readonly number[]): Float64Array {
  const out = new Float64Array(on.length - 1);
  model.prepare(on, settings)(out, theta);
  return out;
}

describe("the black body", () => {
  it("has 2 zeta(3) kT^3 photons", () => {
    const photons = evaluate(bbodyrad, edges, [0.7, 1]).reduce((sum, value) => sum + value, 0);
    // trapezoid over bins of 0.26 %: (ln b/a)^2/12 = 6e-7; the tail below 1e-3 keV holds 5e-7
    expect(Math.abs(photons / (1.0344e-3 * 2 * 1.2020569031595942 * 0.7 ** 3) - 1)).toBeLessThan(3e-6);
  });

  it("of one luminosity has the same energy flux at every temperature", () => {
    const energyFlux = (kT: number) =>
      evaluate(bbody, edges, [kT, 1]).reduce(
        (sum, value, i) => sum + value * 0.5 * (edges[i] + edges[i + 1]),
        0,
      );
    // 8.0525 pi^4/15 keV/cm2/s; trapezoid and mean energy of a bin, each a few times (ln b/a)^2/12 = 6e-7
    for (const kT of [0.2, 0.5, 0.6]) {
      expect(Math.abs(energyFlux(kT) / ((8.0525 * Math.PI ** 4) / 15) - 1)).toBeLessThan(1e-5);
    }
  });

  it("is zero in bins that reach beyond 60 kT, and E kT far below kT", () => {
    const [low, high, beyond] = evaluate(bbodyrad, Float64Array.of(5.9, 5.95, 6, 6.1), [0.1, 1]);
    expect(low).toBeGreaterThan(high);
    expect(high).toBeGreaterThan(0);
    expect(beyond).toBe(0);
    const [value] = evaluate(bbodyrad, Float64Array.of(1e-3, 2e-3), [100, 1]);
    expect(value / (1.0344e-3 * 1.5e-3 * 100 * 1e-3)).toBeCloseTo(1, 12);
  });

  it("at a redshift z is the one at z = 0 on the grid times 1+z, divided by 1+z", () => {
    const shifted = evaluate(
      bbody,
      edges.map((energy) => 1.5 * energy),
      [2, 1],
    );
    evaluate(zbbody, edges, [2, 0.5, 1]).forEach((value, i) => {
      expect(Math.abs(value - shifted[i] / 1.5)).toBeLessThanOrEqual(1e-13 * value);
    });
  });
});
