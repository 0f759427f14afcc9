import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { diskLineProfile, fractionBelow, type LineDisk, standardGrid } from "./disk-line-profile.ts";
import { diskline } from "./index.ts";

describe("the profile of a line from a disc", () => {
  it("changes by less than 1e-4 of the photons in 10 eV bins when rings and sectors are doubled", () => {
    const finer = { rings: 2 * standardGrid.rings, sectors: 2 * standardGrid.sectors };
    const disks: LineDisk[] = [
      { emissivity: -2, inner: 10, outer: 1000, inclination: 30 },
      { emissivity: -3, inner: 6, outer: 400, inclination: 80 },
    ];
    for (const disk of disks) {
      const once = diskLineProfile(disk);
      const twice = diskLineProfile(disk, finer);
      for (let energy = 3; energy < 9; energy += 0.01) {
        const [low, high] = [Math.log(energy / 6.4), Math.log((energy + 0.01) / 6.4)];
        const change =
          fractionBelow(once, high) -
          fractionBelow(once, low) -
          (fractionBelow(twice, high) - fractionBelow(twice, low));
        expect(Math.abs(change)).toBeLessThan(1e-4);
      }
    }
  });

  it("seen face-on is the time dilation of each radius", () => {
    const profile = diskLineProfile({ emissivity: -3, inner: 6, outer: 100, inclination: 0 });
    // photons from r: r^-2 (1 - 3/r)^3/2 dr, in closed form with v = 1 - 3/r: v^5/2
    const upTo = (r: number) => (1 - 3 / r) ** 2.5;
    for (const r of [7, 10, 25, 80]) {
      const expected = (upTo(r) - upTo(6)) / (upTo(100) - upTo(6));
      expect(fractionBelow(profile, 0.5 * Math.log(1 - 3 / r))).toBeCloseTo(expected, 4);
    }
  });

  it("of a far ring reaches from one Kepler velocity to the other", () => {
    const profile = diskLineProfile({ emissivity: 0, inner: 1e4, outer: 1.0001e4, inclination: 50 });
    const velocity = Math.sin((50 * Math.PI) / 180) / 100;
    expect(fractionBelow(profile, -0.98 * velocity)).toBeGreaterThan(0);
    expect(fractionBelow(profile, -1.06 * velocity)).toBe(0);
    expect(fractionBelow(profile, 1.06 * velocity)).toBeCloseTo(1, 12);
    expect(fractionBelow(profile, 0.98 * velocity)).toBeLessThan(1);
  });
});

describe("diskline", () => {
  it("holds its norm, wherever the line is and however the disc is seen", () => {
    const edges = Float64Array.from({ length: 801 }, (_, i) => 0.1 * 200 ** (i / 800));
    const fill = diskline.prepare(edges, { abund: "wilm", xsect: "vern", vector: plainVectorMath });
    const out = new Float64Array(edges.length - 1);
    for (const theta of [
      [6.4, -2, 10, 1000, 30, 3],
      [2, -3.5, 6, 20, 90, 3],
      [6.4, -2, 10, 5, 0, 3],
    ]) {
      fill(out, theta);
      expect(out.reduce((sum, value) => sum + value, 0)).toBeCloseTo(3, 12);
    }
  });
});
