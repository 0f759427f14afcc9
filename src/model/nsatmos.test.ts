import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { fixtureAtmosphere } from "./atmosphere.fixture.ts";
import { parseExpression } from "./expression.ts";
import { naturalSpline } from "./natural-spline.ts";
import { nsatmosOf } from "./nsatmos.ts";
import { defineTable, tableUses, withTableFiles } from "./registry.ts";

const settings = { abund: "wilm", xsect: "vern", vector: plainVectorMath };
const EDGES = Float64Array.from({ length: 401 }, (_, i) => 0.02 * 500 ** (i / 400));
const grid = fixtureAtmosphere();

function evaluate(theta: readonly number[], edges = EDGES, on = grid): Float64Array {
  const out = new Float64Array(edges.length - 1).fill(Number.NaN);
  nsatmosOf(on).prepare(edges, settings)(out, theta);
  return out;
}

const redshift = (mass: number, radius: number) => 1 / Math.sqrt(1 - (2.95 * mass) / radius);

/** erg/cm2/s of photons in bins. */
function energyFlux(photons: Float64Array, edges = EDGES): number {
  return photons.reduce((sum, n, i) => sum + n * 0.5 * (edges[i] + edges[i + 1]) * 1.602e-9, 0);
}

describe("nsatmos", () => {
  it.each([
    [6, 1.4, 10, 10],
    [5.7, 2, 12, 0.3],
    [6.4, 1, 6, 50],
  ])(
    "gives sigma T^4 (R/D)^2/(1+z)^2 in all, for T, M, R, D = %d, %d, %d, %d",
    (logT, mass, radius, distance) => {
      const out = evaluate([logT, mass, radius, distance, 1]);
      const expected =
        5.670374e-5 *
        10 ** (4 * logT) *
        ((radius * 1e5) / (3.09e21 * distance)) ** 2 *
        redshift(mass, radius) ** -2;
      // 400 bins of ln b/a = 0.016, and the flux below 0.02 keV: x^3/3 / (pi^4/15) for x = E (1+z)/kT < 0.7
      expect(Math.abs(energyFlux(out) / expected - 1)).toBeLessThan(0.02);
      expect(energyFlux(out)).toBeLessThan(expected);
    },
  );

  it("of black surfaces is a black body at the temperature T/(1+z)", () => {
    const [logT, mass, radius, distance] = [6.2, 1.4, 11, 5];
    const out = evaluate([logT, mass, radius, distance, 1]);
    const z1 = redshift(mass, radius);
    const kT = (8.617333e-8 * 10 ** logT) / z1;
    // 2 pi/(h^3 c^2) (R (1+z)/D)^2 E^2/(e^x - 1), from sigma = 2 pi^5 k^4/(15 h^3 c^2)
    const scale =
      ((15 / Math.PI ** 4) * 5.670374e-5 * ((radius * 1e5 * z1) / (3.09e21 * distance)) ** 2) / 1.602e-9;
    const perKeV = scale / 8.617333e-8 ** 4;
    out.forEach((value, i) => {
      const energy = 0.5 * (EDGES[i] + EDGES[i + 1]);
      const expected = (perKeV * energy ** 2 * (EDGES[i + 1] - EDGES[i])) / Math.expm1(energy / kT);
      // the middle of a bin stands for its mean; the photons fall by e^x in the Wien tail
      const tolerance = 1e-4 * Math.max(1, (energy / kT) ** 2);
      if (energy / kT < 30) expect(Math.abs(value / expected - 1)).toBeLessThan(tolerance);
    });
  });

  it("falls with the square of the distance and grows with the fraction of the surface", () => {
    const near = evaluate([6, 1.4, 10, 1, 1]);
    const far = evaluate([6, 1.4, 10, 10, 0.5]);
    near.forEach((value, i) => {
      expect(Math.abs(value - 200 * far[i])).toBeLessThanOrEqual(1e-12 * value);
    });
  });

  it("mixes log flux linearly in log T, log g and the cosine", () => {
    const change = (logT: number, logG: number, mu: number) => 0.1 * logT + 0.02 * logG - 0.3 * mu;
    // r = 10/(2.95 * 2.6) = 1.304: rays come back
    for (const [mass, radius] of [
      [1.3, 9.7],
      [2.6, 10],
    ]) {
      const r = radius / (2.95 * mass);
      const mu = r < 1.5 ? Math.sqrt(1 - 6.75 / r ** 2 + 6.75 / r ** 3) : 0;
      const gravity = (6.67e-8 * 1.99e33 * mass * redshift(mass, radius)) / (radius * 1e5) ** 2;
      const plain = evaluate([5.81, mass, radius, 10, 1]);
      const changed = evaluate([5.81, mass, radius, 10, 1], EDGES, fixtureAtmosphere({ change }));
      const expected = 10 ** change(5.81, Math.log10(gravity), mu);
      plain.forEach((value, i) => {
        // float32 log fluxes of about 20
        if (value > 1e-20) expect(Math.abs(changed[i] / value / expected - 1)).toBeLessThan(1e-5);
      });
    }
  });

  it("is zero beyond the grid's energies, which go with T/(1+z)", () => {
    const [logT, mass, radius] = [5.2, 1.4, 10];
    const top = (40 * 10 ** (logT - 6)) / redshift(mass, radius);
    const out = evaluate(
      [logT, mass, radius, 10, 1],
      Float64Array.of(0.0001, 0.0002, 0.9 * top, 1.01 * top, 2 * top),
    );
    expect(out[0]).toBe(0);
    expect(out[1]).toBeGreaterThan(0);
    expect(out[3]).toBe(0);
  });

  it("is zero for stars below 1.125 Schwarzschild radii, and not just above", () => {
    const least = 1.125 * 2.95 * 3;
    expect(Math.max(...evaluate([6, 3, 0.9999 * least, 10, 1]))).toBe(0);
    expect(Math.max(...evaluate([6, 3, 1.0001 * least, 10, 1]))).toBeGreaterThan(0);
  });
});

describe("a natural spline", () => {
  it("is a cubic whose second derivative vanishes at both ends, exactly, and any straight line", () => {
    const x = Float64Array.of(0, 1);
    const line = new Float64Array(3);
    naturalSpline(x).fill(line, Float64Array.of(1, 3), Float64Array.of(0.25, 0.5, 2), 1);
    expect(Array.from(line)).toEqual([1.5, 2, 5]);
    // through 0, 1, 0 at 0, 1, 2: y = 1.5 x - 0.5 x^3 up to 1, whose second derivative -3 x vanishes at 0, and its mirror image
    const out = new Float64Array(2);
    naturalSpline(Float64Array.of(0, 1, 2)).fill(
      out,
      Float64Array.of(0, 1, 0),
      Float64Array.of(0.25, 0.75),
      2,
    );
    for (const value of out) expect(value).toBeCloseTo(1.5 * 0.5 - 0.5 * 0.5 ** 3, 14);
  });

  it("goes through its points, with two continuous derivatives", () => {
    const x = Float64Array.of(0.1, 0.2, 0.5, 1.1, 3, 4);
    const y = Float64Array.of(1, 3, 2, -1, 0, 5);
    const at = (value: number) => {
      const out = new Float64Array(1);
      naturalSpline(x).fill(out, y, Float64Array.of(value), 1);
      return out[0];
    };
    for (const [k, value] of x.entries()) expect(at(value)).toBeCloseTo(y[k], 13);
    const h = 1e-4;
    const second = (value: number) => (at(value - h) - 2 * at(value) + at(value + h)) / h ** 2;
    for (const inner of x.subarray(1, -1)) {
      // a jump of the second derivative would be of the order of y/step^2, 100 here
      expect(Math.abs(second(inner - 2 * h) - second(inner + 2 * h))).toBeLessThan(2);
    }
    expect(Math.abs(second(x[0] + h))).toBeLessThan(1);
  });
});

describe("an expression with nsatmos", () => {
  it("takes its grid by the file's name", () => {
    defineTable(fixtureAtmosphere({ file: "dir/My grid.fits" }));
    const text = "tbabs*(NSatmos{dir/My grid.fits} + powerlaw)";
    expect(parseExpression(text).parameters.map(({ path }) => path)).toEqual([
      "tbabs.nH",
      ...["LogT_eff", "M_ns", "R_ns", "dist", "norm"].map((name) => `nsatmos.${name}`),
      "powerlaw.PhoIndex",
      "powerlaw.norm",
    ]);
    expect(tableUses(text)).toEqual([{ form: "nsatmos", file: "dir/My grid.fits" }]);
    expect(withTableFiles("nsatmos{x}", (file) => `/abs/${file}`)).toBe("nsatmos{/abs/x}");
  });

  it("without a file says what to write", () => {
    expect(() => parseExpression("tbabs*nsatmos")).toThrow(
      /column 7: nsatmos needs the file of its grid; write nsatmos\{nsatmosdata\.fits\}/,
    );
  });

  it("with a file of another kind is refused", () => {
    expect(() => parseExpression("atable{dir/My grid.fits}")).toThrow(
      /is not what atable needs; use it as nsatmos\{dir\/My grid\.fits\}/,
    );
  });
});
