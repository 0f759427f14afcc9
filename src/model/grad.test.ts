import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { diskTable } from "./grad.ts";
import { grad } from "./index.ts";
import { impactParameter, standardPatches } from "./schwarzschild-disk.ts";

describe("rays around a black hole", () => {
  it("have the impact parameter of the geodesic", () => {
    // r, cos psi and the root of psi(b) = int b du/(1 - b^2 u^2 (1 - 2u))^1/2, by scipy
    for (const [r, cosPsi, exact] of [
      [6.5, 0.25, 6.8518767334726585],
      [6.5, -0.49, 7.805686127625554],
      [9, 0.5, 8.078252085977136],
      [9, 0, 9.951872684082117],
      [15, -0.25, 16.055113887301157],
    ]) {
      expect(Math.abs(impactParameter(r, cosPsi) / exact - 1)).toBeLessThan(1.5e-4);
    }
  });

  it("are straight far away", () => {
    expect(impactParameter(1e6, 0.6) / 8e5).toBeCloseTo(1, 5);
  });
});

describe("the spectrum of a disc around a black hole", () => {
  it("changes by less than 1e-4 when rings and sectors are doubled", () => {
    const finer = { rings: 2 * standardPatches.rings, sectors: 2 * standardPatches.sectors };
    for (const inclination of [0, 30, 80, 88]) {
      const once = diskTable(inclination, true);
      const twice = diskTable(inclination, true, finer);
      // down to 1e-9 of the peak
      once.forEach((value, i) => {
        if (value > -20) expect(Math.abs(value - twice[i])).toBeLessThan(1e-4);
      });
    }
  });

  it("is Newton's where the outer disc shines", () => {
    const [einstein, newton] = [diskTable(40, true), diskTable(40, false)];
    // index 50: energies of radii beyond 1e5
    for (const i of [30, 50]) expect(Math.abs(einstein[i] - newton[i])).toBeLessThan(0.01);
  });

  it("of Newton's disc holds half the energy that falls in to its inner edge, for any colour correction", () => {
    const edges = Float64Array.from({ length: 2001 }, (_, i) => 1e-4 * 1e6 ** (i / 2000));
    const fill = grad.prepare(edges, { abund: "wilm", xsect: "vern", vector: plainVectorMath });
    const out = new Float64Array(edges.length - 1);
    for (const hardening of [1, 1.7]) {
      fill(out, [10, 60, 3, 1, hardening, -1, 1]);
      const flux = out.reduce((sum, photons, i) => sum + photons * 0.5 * (edges[i] + edges[i + 1]), 0);
      // Mdot c^2/12 from both faces, cos i/(2 pi D^2) of it
      const conserved = (1e18 * 2.99792458e10 ** 2 * 0.5) / (12 * 2 * Math.PI * (10 * 3.0857e21) ** 2);
      // XSPEC's constant for photons is 1.65 % low, and its sum over rings 0.57 % high
      const expected = 0.9835149 * 1.0056635 * conserved;
      // the disc ends at 1e6 GM/c^2
      expect(Math.abs((flux * 1.602176634e-9) / expected - 1)).toBeLessThan(5e-4);
    }
  });
});
