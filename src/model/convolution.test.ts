import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { parseExpression } from "./expression.ts";

const settings = { abund: "wilm", xsect: "vern", vector: plainVectorMath };
const edges = Float64Array.from({ length: 401 }, (_, i) => 0.1 * 200 ** (i / 400));

function spectrum(text: string, set: Readonly<Record<string, number>> = {}, on = edges): Float64Array {
  const expression = parseExpression(text);
  const theta = expression.parameters.map(({ path, default: value }) => set[path] ?? value);
  const out = new Float64Array(on.length - 1);
  expression.prepare(on, settings)(out, theta);
  return out;
}

const total = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0);
const close = (a: Float64Array, b: Float64Array, relative: number) =>
  a.forEach((v, i) => {
    expect(Math.abs(v - b[i])).toBeLessThanOrEqual(relative * Math.abs(b[i]) + 1e-300);
  });

describe("a convolution in an expression", () => {
  it("acts on all that follows it in its product, and on nothing before it", () => {
    const flux = { "cflux.lg10Flux": -10, "tbabs.nH": 1 };
    const inside = spectrum("cflux*tbabs*powerlaw", flux);
    const outside = spectrum("tbabs*cflux*powerlaw", flux);
    const fluxOf = (values: Float64Array) =>
      values.reduce((sum, v, i) => {
        const low = Math.max(edges[i], 0.5);
        const high = Math.min(edges[i + 1], 10);
        return high > low
          ? sum + ((v * (high - low)) / (edges[i + 1] - edges[i])) * 0.5 * (low + high) * 1.602192e-9
          : sum;
      }, 0);
    expect(fluxOf(inside)).toBeCloseTo(1e-10, 20);
    expect(fluxOf(outside)).toBeLessThan(0.9e-10);
    const factor = spectrum("tbabs", { "tbabs.nH": 1 });
    const bare = spectrum("cflux*powerlaw", flux);
    close(
      outside,
      bare.map((v, i) => v * factor[i]),
      1e-14,
    );
  });

  it("with a bracket right behind it acts on that alone", () => {
    const set = { "zashift.Redshift": 0.5, "tbabs.nH": 0.3 };
    const bracket = spectrum("zashift(powerlaw)*tbabs", set);
    close(bracket, spectrum("tbabs*zashift*powerlaw", set), 1e-14);
    const all = spectrum("zashift*powerlaw*tbabs", set);
    expect(all[100]).not.toBeCloseTo(bracket[100], 4);
  });

  it("can stand in a sum and in another one", () => {
    const set = { "powerlaw.PhoIndex": 2, "zashift.Redshift": 0.1, "gsmooth.Sig_6keV": 0.01 };
    const sum = spectrum("gsmooth*(zashift*powerlaw + bbody)", set);
    const parts = [spectrum("gsmooth*zashift*powerlaw", set), spectrum("gsmooth*bbody", set)];
    close(
      sum,
      parts[0].map((v, i) => v + parts[1][i]),
      1e-12,
    );
  });

  it.each([
    ["tbabs*cflux", /needs something behind it/],
    ["cflux + powerlaw", /needs something behind it/],
    ["cflux*tbabs", /cflux acts on an additive model, such as cflux\*powerlaw/],
    ["partcov*tbabs*powerlaw", /partcov acts on a multiplicative model.*\(partcov\*tbabs\)\*powerlaw/],
  ])("%s is refused with the reason", (text, message) => {
    expect(() => parseExpression(text)).toThrow(message);
  });
});

describe("convolutions by closed forms", () => {
  it("zashift of a power law is the power law with its norm times (1+z)^-G-1+1", () => {
    // N(E) = K E^-G seen at z: K (E (1+z))^-G dE (1+z) / (1+z)
    const z = 0.7;
    const shifted = spectrum("zashift*powerlaw", { "powerlaw.PhoIndex": 2, "zashift.Redshift": z });
    const expected = spectrum("powerlaw", { "powerlaw.PhoIndex": 2, "powerlaw.norm": (1 + z) ** -2 });
    // bins are taken to be flat: relative error (ln b/a)^2 = 2e-4 times a few; the top of the grid is lost
    close(shifted.subarray(0, 350), expected.subarray(0, 350), 1e-3);
  });

  it("zashift and zmshift agree with models that have a redshift of their own", () => {
    const set = { "zashift.Redshift": 0.3, "zbbody.Redshift": 0.3, "bbody.kT": 2, "zbbody.kT": 2 };
    const shifted = spectrum("zashift*bbody", set);
    const own = spectrum("zbbody", set);
    const ratio = total(shifted) / total(own);
    // zbbody's norm is a luminosity: it has further factors of 1 + z, the same at all energies
    close(shifted.subarray(50, 300), own.map((v) => v * ratio).subarray(50, 300), 3e-3);
    const absorbed = spectrum("(zmshift*phabs)*powerlaw", { "zmshift.Redshift": 0.3, "phabs.nH": 0.5 });
    const zphabs = spectrum("zphabs*powerlaw", { "zphabs.Redshift": 0.3, "zphabs.nH": 0.5 });
    // above 0.7 keV, where the factor is near linear in a bin; edges are smeared over one
    const deviations = Array.from(absorbed.subarray(150, 340), (v, i) => Math.abs(v / zphabs[150 + i] - 1));
    expect(deviations.reduce((a, b) => a + b) / deviations.length).toBeLessThan(2e-3);
  });

  it("partcov of an absorber is pcfabs", () => {
    close(
      spectrum("(partcov*phabs)*powerlaw", { "partcov.CvrFract": 0.4, "phabs.nH": 2 }),
      spectrum("pcfabs*powerlaw", { "pcfabs.CvrFract": 0.4, "pcfabs.nH": 2 }),
      1e-14,
    );
  });

  it("gsmooth of a narrow line is a broad line, and photons are conserved away from the ends", () => {
    const smoothed = spectrum("gsmooth*gaussian", {
      "gsmooth.Sig_6keV": 0.3,
      "gaussian.LineE": 5,
      "gaussian.Sigma": 0,
    });
    expect(total(smoothed)).toBeCloseTo(1, 4);
    const broad = spectrum("gaussian", { "gaussian.LineE": 5, "gaussian.Sigma": 0.3 });
    // the narrow line fills one bin of 0.07 keV and is smoothed from its middle
    smoothed.forEach((v, i) => {
      expect(Math.abs(v - broad[i])).toBeLessThan(0.15 * Math.max(...broad));
    });
  });

  it("lsmooth has the Lorentzian's full width at half maximum", () => {
    const on = Float64Array.from({ length: 2001 }, (_, i) => 2 + 0.004 * i);
    const line = spectrum(
      "lsmooth*gaussian",
      { "lsmooth.Sig_6keV": 0.2, "gaussian.LineE": 6.002, "gaussian.Sigma": 0 },
      on,
    );
    const peak = Math.max(...line);
    const above = line.filter((v) => v > peak / 2).length;
    // one bin to either side
    expect(Math.abs(above * 0.004 - 0.2)).toBeLessThanOrEqual(0.008);
  });

  it.each([
    [1, 1e-6],
    // XSPEC's share of the own bin is short by (G+2) ln(b/a) of what is scattered down, 0.4 x 2/7 of all
    [0, 0.4 * (2 / 7) * 5 * Math.log(1e7 ** (1 / 2000)) * 1.05],
  ])("simpl with UpScOnly %i conserves photons but for those that leave the grid", (up, tolerance) => {
    const wide = Float64Array.from({ length: 2001 }, (_, i) => 1e-3 * 1e7 ** (i / 2000));
    const set = { "bbody.kT": 1, "simpl.FracSctr": 0.4, "simpl.Gamma": 3, "simpl.UpScOnly": up };
    const ratio = total(spectrum("simpl*bbody", set, wide)) / total(spectrum("bbody", set, wide));
    // beyond 1e4 keV: 0.4 (E/1e4)^2 of them
    expect(Math.abs(ratio - 1)).toBeLessThan(tolerance);
  });

  it("simpl that scatters nothing changes nothing", () => {
    const set = { "simpl.FracSctr": 0 };
    expect(spectrum("simpl*powerlaw", set)).toEqual(spectrum("powerlaw", set));
  });
});
