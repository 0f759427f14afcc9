import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { pcfabs, phabs, tbgas, vphabs, wabs, zpcfabs, zphabs, zwabs } from "./index.ts";
import type { Model } from "./types.ts";

const edges = Float64Array.from({ length: 200 }, (_, i) => 0.15 * 1.025 ** i);

function evaluate(model: Model, theta: readonly number[], xsect = "vern", on = edges): Float64Array {
  const out = new Float64Array(on.length - 1);
  model.prepare(on, { abund: "wilm", xsect, vector: plainVectorMath })(out, theta);
  return out;
}

describe.each(["vern", "bcmc", "obcm"])("photoelectric absorption with %s", (xsect) => {
  it("is the absorption of atomic gas, but for the different cross-sections", () => {
    const gas = evaluate(tbgas, [0.1, 0]);
    // the sets differ by up to 15 % of the optical depth (helium of 1976 the most), and at the edges by more
    evaluate(phabs, [0.1], xsect).forEach((value, i) => {
      const near = Math.abs(Math.log(value / gas[i])) <= 0.2 * -Math.log(gas[i]);
      const atEdge = [0.284, 0.402, 0.54, 0.71, 0.867].some((edge) => Math.abs(edges[i] / edge - 1) < 0.06);
      expect(near || atEdge, `${edges[i]} keV: ${value}, gas ${gas[i]}`).toBe(true);
    });
  });

  it("squares its transmission when the column doubles", () => {
    const single = evaluate(phabs, [0.1], xsect);
    evaluate(phabs, [0.2], xsect).forEach((value, i) => {
      expect(value).toBeCloseTo(single[i] ** 2, 14);
    });
  });

  it("at a redshift is the one at z = 0 on the grid times 1+z", () => {
    const stretched = edges.map((energy) => 1.5 * energy);
    const expected = evaluate(phabs, [0.3], xsect, stretched);
    evaluate(zphabs, [0.3, 0.5], xsect).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 12);
    });
  });

  it("of a part of the source is the weighted mean", () => {
    const whole = evaluate(phabs, [0.3], xsect);
    const shifted = evaluate(zphabs, [0.3, 0.5], xsect);
    evaluate(pcfabs, [0.3, 0.6], xsect).forEach((value, i) => {
      expect(value).toBeCloseTo(0.4 + 0.6 * whole[i], 14);
    });
    evaluate(zpcfabs, [0.3, 0.6, 0.5], xsect).forEach((value, i) => {
      expect(value).toBeCloseTo(0.4 + 0.6 * shifted[i], 14);
    });
  });

  it("with all abundances doubled is that of twice the column, but for hydrogen", () => {
    const factors = (value: number) => new Array<number>(17).fill(value);
    const none = evaluate(vphabs, [0.2, ...factors(0)], xsect);
    const once = evaluate(vphabs, [0.2, ...factors(1)], xsect);
    expect(once).toEqual(evaluate(phabs, [0.2], xsect));
    evaluate(vphabs, [0.2, ...factors(2)], xsect).forEach((value, i) => {
      expect(value).toBeCloseTo(once[i] ** 2 / none[i], 13);
    });
  });
});

describe("the settings of photoelectric absorption", () => {
  it("must be known cross-sections, in any case", () => {
    expect(evaluate(phabs, [1], "BCMC")).toEqual(evaluate(phabs, [1], "bcmc"));
    expect(() => evaluate(phabs, [1], "verm")).toThrow(/there are vern, bcmc, obcm; did you mean vern\?/);
  });
});

describe("the absorption of 1983", () => {
  it("has the published cross-section at 1 keV", () => {
    // Morrison & McCammon 1983, table 2: (120.6 + 169.3 - 47.7) 1e-24 cm2 at 1 keV
    const narrow = Float64Array.of(1 - 1e-7, 1 + 1e-7);
    expect(-Math.log(evaluate(wabs, [1], "vern", narrow)[0])).toBeCloseTo(2.422, 6);
  });

  it("splits bins where the table's ranges meet", () => {
    const depth = (energy: number, [c0, c1, c2]: readonly number[]) =>
      0.1 * (c0 / energy ** 3 + c1 / energy ** 2 + c2 / energy);
    const below = [0.714, 0.668, -0.514];
    const above = [0.955, 1.458, -0.611];
    const mean = (a: number, b: number, c: readonly number[]) =>
      (Math.exp(-depth(a, c)) + Math.exp(-depth(b, c))) / 2;
    const expected = (0.032 * mean(0.5, 0.532, below) + 0.068 * mean(0.532, 0.6, above)) / 0.1;
    expect(evaluate(wabs, [0.1], "vern", Float64Array.of(0.5, 0.6))[0]).toBeCloseTo(expected, 13);
  });

  it("at a redshift is the one at z = 0 on the grid times 1+z, whatever redshift came before", () => {
    const stretched = edges.map((energy) => 1.5 * energy);
    const out = new Float64Array(edges.length - 1);
    const evaluateOnGrid = zwabs.prepare(edges, { abund: "wilm", xsect: "vern", vector: plainVectorMath });
    evaluateOnGrid(out, [0.1, 2]);
    evaluateOnGrid(out, [0.1, 0.5]);
    const expected = evaluate(wabs, [0.1], "vern", stretched);
    out.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 13);
    });
  });

  it("of a thick column is nothing", () => {
    expect(evaluate(wabs, [100], "vern", Float64Array.of(0.3, 0.4))[0]).toBe(0);
  });
});
