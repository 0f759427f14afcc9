import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { plainVectorMath } from "../../src/math/vector.ts";
import { nsatmosOf } from "../../src/model/index.ts";
import { type AtmosphereFile, readAtmosphereGrid } from "../../src/ogip/index.ts";

const file = new URL("../../../shared/data/coefficients/nsatmosdata.fits", import.meta.url);
const present = existsSync(file);
if (!present) console.warn("skipped: the grid of nsatmos (../shared/data/coefficients is absent)");

/** What the file holds where no atmosphere is in equilibrium: its radiation would blow it away. */
const NONE = 31;

describe.skipIf(!present)("the grid of nsatmos", () => {
  let grid: AtmosphereFile;
  let S = 0;
  beforeAll(async () => {
    grid = await readAtmosphereGrid(readFileSync(file), "nsatmosdata.fits");
    S = grid.energies.length;
  });

  const row = (r: number) => grid.logFlux.subarray(r * S, (r + 1) * S);
  /** erg/cm2/s of a row: power laws between its energies. */
  const integral = (r: number) => {
    const y = row(r);
    let sum = 0;
    for (let e = 0; e + 1 < S; e++) {
      const length = Math.log(grid.energies[e + 1] / grid.energies[e]);
      const [a, b] = [10 ** y[e] * grid.energies[e], 10 ** y[e + 1] * grid.energies[e + 1]];
      sum += (a === b ? a : (b - a) / Math.log(b / a)) * length;
    }
    return sum;
  };

  it("has 11 temperatures, 26 gravities, 8 cosines and 64 energies, and rows labelled in that order", () => {
    const { temperatures, gravities, cosines } = grid;
    // the reader has compared the labels of all rows
    expect([temperatures, gravities, cosines].map((axis) => axis.length)).toEqual([11, 26, 8]);
    expect(S).toBe(64);
    expect(grid.logFlux.length).toBe(2288 * 64);
    // the smallest star, r = 1.125, has the last cosine
    expect(cosines[7]).toBeCloseTo(Math.sqrt(1 - 6.75 / 1.125 ** 2 + 6.75 / 1.125 ** 3), 4);
  });

  it("is smooth along all three axes in that order of rows, and in no other of the six", () => {
    const sizes = { T: 11, g: 26, m: 8 };
    const roughness = (order: readonly (keyof typeof sizes)[]) => {
      const bends = order.map((axis, k) => {
        const stride = order.slice(k + 1).reduce((product, other) => product * sizes[other], 1);
        let [sum, count] = [0, 0];
        for (let r = 0; r < 2288; r++) {
          if ((Math.floor(r / stride) % sizes[axis]) + 2 >= sizes[axis]) continue;
          const three = [row(r), row(r + stride), row(r + 2 * stride)];
          if (three.some((y) => y[0] === NONE)) continue;
          // energies that hold nearly all of the flux, up to 1.9 keV
          for (let e = 0; e < 42; e++) {
            sum += Math.abs(three[0][e] - 2 * three[1][e] + three[2][e]);
            count++;
          }
        }
        return sum / count;
      });
      return Math.max(...bends);
    };
    const labelled = roughness(["T", "g", "m"]);
    const others = (
      [
        ["T", "m", "g"],
        ["g", "T", "m"],
        ["g", "m", "T"],
        ["m", "T", "g"],
        ["m", "g", "T"],
      ] as const
    ).map(roughness);
    console.log(
      `mean bend of log flux: ${labelled.toFixed(4)} as labelled, ${others.map((v) => v.toFixed(4)).join(", ")} in other orders`,
    );
    expect(labelled).toBeLessThan(0.02);
    expect(Math.min(...others)).toBeGreaterThan(3 * labelled);
  });

  it("holds sigma T^4 of 1e6 K in every spectrum, in erg/cm2/s/keV", () => {
    for (let r = 0; r < 2288; r++) {
      if (row(r)[0] === NONE) continue;
      // power laws between energies 16 % apart lie below a concave spectrum
      const ratio = integral(r) / (5.670374e-5 * 1e24);
      expect(ratio, `row ${r + 1}`).toBeGreaterThan(0.993);
      expect(ratio, `row ${r + 1}`).toBeLessThan(1.001);
    }
  });

  it("has no spectrum where the radiation's force exceeds gravity, and only there", () => {
    const { temperatures, gravities, cosines } = grid;
    for (let r = 0; r < 2288; r++) {
      const logT = temperatures[Math.floor(r / (gravities.length * cosines.length))];
      const logG = gravities[Math.floor(r / cosines.length) % gravities.length];
      // sigma T^4 kappa/c with Thomson's opacity of hydrogen, 0.398 cm2/g: within a step of the grid in log g
      const excess = Math.log10((5.670374e-5 * 0.398) / 2.998e10) + 4 * logT - logG;
      if (Math.abs(excess) > 0.25) expect(row(r)[0] === NONE, `row ${r + 1}`).toBe(excess > 0);
    }
  });

  it("gives positive, finite photons anywhere within the limits, but for stars below 1.125 R_S", () => {
    const edges = Float64Array.from({ length: 61 }, (_, i) => 0.1 * 200 ** (i / 60));
    const fill = nsatmosOf(grid).prepare(edges, { abund: "wilm", xsect: "vern", vector: plainVectorMath });
    const out = new Float64Array(60);
    for (const logT of [5, 5.33, 6, 6.5])
      for (const mass of [0.5, 1.4, 2.2, 3])
        for (const radius of [5, 7.5, 10, 10.1, 13, 30]) {
          fill(out, [logT, mass, radius, 10, 1]);
          const what = `${logT} ${mass} ${radius}`;
          if (radius / (2.95 * mass) < 1.125) expect(Math.max(...out), what).toBe(0);
          // the table ends at 41 keV T6/(1+z)
          else if (logT >= 6) expect(Math.min(...out.subarray(0, 20)), what).toBeGreaterThan(0);
          expect(
            out.every((value) => Number.isFinite(value) && value >= 0),
            what,
          ).toBe(true);
        }
  });

  it("is harder than a black body of the same effective temperature, and holds its energy", () => {
    // Zavlin, Pavlov & Shibanov 1996 (A&A 315, 141): hydrogen atmospheres are harder, since the opacity falls with energy
    const edges = Float64Array.from({ length: 1001 }, (_, i) => 0.005 * 2000 ** (i / 1000));
    const fill = nsatmosOf(grid).prepare(edges, { abund: "wilm", xsect: "vern", vector: plainVectorMath });
    const out = new Float64Array(1000);
    fill(out, [6, 1.4, 10, 10, 1]);
    let [energy, photons] = [0, 0];
    out.forEach((n, i) => {
      photons += n;
      energy += n * 0.5 * (edges[i] + edges[i + 1]);
    });
    // of a black body: pi^4/(30 zeta(3)) kT
    const black = (2.7012 * 0.08617333) / (1 / Math.sqrt(1 - 2.95 * 0.14));
    expect(energy / photons / black).toBeGreaterThan(1);
    // what arrives in all is sigma T^4 (R/D)^2/(1+z)^2
    const expected = 5.670374e-5 * 1e24 * (1e6 / (3.09e21 * 10)) ** 2 * (1 - 2.95 * 0.14);
    expect(Math.abs((energy * 1.602e-9) / expected - 1)).toBeLessThan(0.005);
  });
});
