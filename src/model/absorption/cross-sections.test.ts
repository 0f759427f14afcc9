import { describe, expect, it } from "vitest";
import { balucinskaMegabarn, heliumOfBalucinska, heliumOfMarrWest } from "./balucinska.ts";
import { absorbers } from "./elements.ts";
import { heliumMegabarn } from "./helium.ts";
import { hydrogenMegabarn, molecularHydrogenMegabarn } from "./hydrogen.ts";
import { vernerMegabarn } from "./verner.ts";

/** K edges (eV) in the fits, by atomic number. */
const kEdges: Readonly<Record<number, number>> = {
  6: 291,
  7: 404.8,
  8: 538,
  10: 870.1,
  14: 1846,
  16: 2477,
  26: 7124,
};

describe("the cross-section of hydrogen", () => {
  it("is 6.30 Mb at threshold, the exact value for one electron, and zero below", () => {
    // 2^9 pi^2/(3 e^4) alpha a0^2 = 6.304 Mb; the fits are good to a per cent
    expect(hydrogenMegabarn(13.6)).toBeCloseTo(6.3, 1);
    expect(vernerMegabarn(1)(13.61)).toBeCloseTo(6.3, 1);
    expect(hydrogenMegabarn(13.59)).toBe(0);
    expect(vernerMegabarn(1)(13.59)).toBe(0);
  });

  it("is the same to some per cent in three sets up to 10 keV", () => {
    for (const energy of [50, 200, 1000, 3000, 1e4]) {
      expect(Math.abs(hydrogenMegabarn(energy) / vernerMegabarn(1)(energy) - 1)).toBeLessThan(0.02);
      const polynomial = balucinskaMegabarn(1, energy - 0.01, energy + 0.01);
      expect(Math.abs(polynomial / vernerMegabarn(1)(energy) - 1)).toBeLessThan(0.05);
    }
  });

  it("of a molecule is nearly continuous from 18 eV on, and about 2.8 atoms' at X-ray energies", () => {
    // the published ranges meet to 5 per cent at 30 eV (and at 18 eV, far below X-rays, not at all)
    for (const energy of [30, 85]) {
      const ratio = molecularHydrogenMegabarn(energy + 1e-6) / molecularHydrogenMegabarn(energy - 1e-6);
      expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
    }
    expect(molecularHydrogenMegabarn(15.3)).toBe(0);
    expect(molecularHydrogenMegabarn(1000) / hydrogenMegabarn(1000)).toBeCloseTo(2.8, 0.5);
  });
});

describe("the cross-section of helium", () => {
  it("is 7.4 Mb at threshold and roughly the same in four sources at X-ray energies", () => {
    expect(heliumMegabarn(24.6)).toBeCloseTo(7.4, 0.5);
    for (const energy of [200, 500]) {
      const expected = vernerMegabarn(2)(energy);
      expect(Math.abs(heliumMegabarn(energy) / expected - 1)).toBeLessThan(0.1);
      expect(Math.abs(heliumOfBalucinska(energy) / expected - 1)).toBeLessThan(0.1);
      // the measurements of 1976 were too high
      expect(Math.abs(heliumOfMarrWest(energy) / expected - 1.3)).toBeLessThan(0.1);
    }
  });

  it("of two sources is the same formula up to the constants", () => {
    // Avogadro's number / 4.0026 x 6.646e-24 = 0.99991
    expect(heliumOfBalucinska(500) / heliumMegabarn(500)).toBeCloseTo(0.99991, 5);
  });

  it("has its first resonance near 60 eV", () => {
    const around = Array.from({ length: 400 }, (_, i) => heliumMegabarn(59 + 0.005 * i));
    expect(Math.max(...around) / heliumMegabarn(58)).toBeGreaterThan(3);
    expect(Math.min(...around) / heliumMegabarn(58)).toBeLessThan(0.1);
  });
});

describe("the cross-sections of Verner", () => {
  it.each(Object.entries(kEdges))("of element %s rise at its K edge of %d eV, several times", (z, edge) => {
    const megabarn = vernerMegabarn(Number(z));
    expect(megabarn(edge + 0.01) / megabarn(edge - 0.01)).toBeGreaterThan(5);
  });

  it.each(absorbers)(
    "of element %d are positive and fall above the K edge, by the law of E^-2.5 to E^-3.5",
    (z) => {
      const megabarn = vernerMegabarn(z);
      const slope = Math.log(megabarn(4e4) / megabarn(2e4)) / Math.log(2);
      expect(slope).toBeLessThan(-2.5);
      expect(slope).toBeGreaterThan(-3.5);
      for (const energy of [100, 300, 1000, 5000]) expect(megabarn(energy)).toBeGreaterThan(0);
    },
  );

  it.each(absorbers.filter((z) => z > 2))("of element %d agree with Balucinska-Church & McCammon's", (z) => {
    // the sets differ by some per cent away from edges
    for (const energy of [1500, 3000, 5500, 9500]) {
      const ratio = balucinskaMegabarn(z, energy - 1, energy + 1) / vernerMegabarn(z)(energy);
      expect(Math.abs(ratio - 1), `${energy} eV`).toBeLessThan(0.2);
    }
  });
});

describe("a bin with an absorption edge", () => {
  it("has the mean of the logarithm's polynomials, by width", () => {
    // oxygen's edge at 531.7 eV in a bin whose halves are one-range bins at nearly the same energy
    const [low, high, edge] = [531.2, 532.2, 531.7];
    const below = balucinskaMegabarn(8, low, edge);
    const above = balucinskaMegabarn(8, edge, high);
    // the common factor E^-3 differs by 1e-3 between the midpoints
    expect(balucinskaMegabarn(8, low, high) / Math.sqrt(below * above)).toBeCloseTo(1, 5);
  });
});
