import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { grainShielding, standardGrains } from "./absorption/grains.ts";
import { tbabs } from "./tbabs.ts";
import { tbgas } from "./tbgas.ts";
import { tbpcf } from "./tbpcf.ts";
import type { Model } from "./types.ts";
import { ztbabs } from "./ztbabs.ts";

const settings = { abund: "wilm", xsect: "vern", vector: plainVectorMath };
const edges = Float64Array.from({ length: 200 }, (_, i) => 0.1 * 1.03 ** i);

function evaluate(
  model: Model,
  on: ArrayLike<number>,
  theta: readonly number[],
  abund = "wilm",
): Float64Array {
  const out = new Float64Array(on.length - 1);
  model.prepare(Float64Array.from(on), { ...settings, abund })(out, theta);
  return out;
}

describe("tbabs", () => {
  it("gives the published values of XSPEC 12.14.1 at the ends of 0.1-0.45 keV", () => {
    const values = evaluate(tbabs, [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45], [1]);
    // XSPEC's abundances are float32: 6e-8 of the optical depth, which is 402 in the first bin and 10 in the last
    expect(Math.abs(values[0] / 1.2840767e-175 - 1)).toBeLessThan(402 * 6e-8);
    expect(Math.abs(values[6] / 3.97658583e-5 - 1)).toBeLessThan(10 * 6e-8);
  });

  it("squares its transmission when the column doubles", () => {
    const single = evaluate(tbabs, edges, [0.1]);
    evaluate(tbabs, edges, [0.2]).forEach((value, i) => {
      expect(value).toBeCloseTo(single[i] ** 2, 14);
    });
  });

  it("lets everything pass without a column and above 100 keV", () => {
    expect(evaluate(tbabs, edges, [0]).every((value) => value === 1)).toBe(true);
    expect([...evaluate(tbabs, [100, 120, 150], [1000])]).toEqual([1, 1]);
  });

  it("takes the name of the abundance table in any case, and another table gives another answer", () => {
    expect(evaluate(tbabs, edges, [1], "WILM")).toEqual(evaluate(tbabs, edges, [1], "wilm"));
    const ratio = (energy: number) => {
      const bin = [energy - 0.005, energy + 0.005];
      return evaluate(tbabs, bin, [0.2], "angr")[0] / evaluate(tbabs, bin, [0.2], "wilm")[0];
    };
    // XSPEC's ratios, known to two digits and for bins of another width
    const expected = [0.63, 0.84, 0.85, 0.97];
    [0.3, 0.5, 1, 2].forEach((energy, i) => {
      expect(Math.abs(ratio(energy) - expected[i])).toBeLessThan(0.01);
    });
  });

  it("absorbs less in grains than as gas, by little at high energies", () => {
    const inGrains = evaluate(tbpcf, edges, [1, 1, 0]);
    expect(inGrains).toEqual(evaluate(tbabs, edges, [1]));
    const gas = evaluate(tbgas, edges, [1, 0]);
    const molecules = evaluate(ztbabs, edges, [1, 0]);
    for (let i = 0; i < gas.length; i++) expect(inGrains[i]).toBeGreaterThanOrEqual(molecules[i]);
    const high = edges.findIndex((energy) => energy > 8);
    for (let i = high; i < gas.length; i++) expect(inGrains[i]).toBeCloseTo(gas[i], 3);
  });

  it("at a redshift is the one at z = 0 on the grid times 1+z, whatever redshift came before", () => {
    const evaluateOnGrid = ztbabs.prepare(edges, settings);
    const out = new Float64Array(edges.length - 1);
    evaluateOnGrid(out, [0.3, 1]);
    evaluateOnGrid(out, [0.3, 0.25]);
    const stretched = edges.map((energy) => 1.25 * energy);
    const expected = evaluate(ztbabs, stretched, [0.3, 0]);
    // the order of the two multiplications by 1.25 and 1000 rounds differently
    for (let i = 0; i < out.length; i++) expect(out[i]).toBeCloseTo(expected[i], 13);
  });
});

describe("the shielding of grains", () => {
  it("is the closed form for one radius, and none for a transparent grain", () => {
    const single = grainShielding({ density: 2, smallest: 0.1, largest: 0.1 * (1 + 1e-9), index: 3.5 });
    const depth = (4 / 3) * 2 * 1e-5 * 1e5;
    expect(single(1e5)).toBeCloseTo((1 - Math.exp(-depth)) / depth, 8);
    expect(grainShielding(standardGrains)(0)).toBe(1);
    expect(grainShielding(standardGrains)(1e-6)).toBeCloseTo(1, 9);
  });

  it("of large opacity is the mean of 1/depth over the volume", () => {
    // int a^(3-p) dln a / int a^(4-p) dln a at p = 3.5 is 1/sqrt(amin amax); e^-y is negligible
    const opacity = 1e10;
    const expected = 1 / ((4 / 3) * opacity * Math.sqrt(0.025e-4 * 0.25e-4));
    expect(grainShielding(standardGrains)(opacity) / expected).toBeCloseTo(1, 12);
  });
});
