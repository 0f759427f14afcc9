import { describe, expect, it } from "vitest";
import { plainVectorMath } from "../math/vector.ts";
import { cardelliExtinction } from "./cardelli.ts";
import { redden, uvred, zdust, zredden } from "./index.ts";
import { peiExtinction } from "./pei.ts";
import type { Model } from "./types.ts";

const edges = Float64Array.from({ length: 101 }, (_, i) => 5e-4 * 1.03 ** i);

function evaluate(model: Model, on: Float64Array, theta: readonly number[]): Float64Array {
  const out = new Float64Array(on.length - 1);
  model.prepare(on, { abund: "wilm", xsect: "vern", vector: plainVectorMath })(out, theta);
  return out;
}

describe("the extinction curve of Cardelli, Clayton & Mathis", () => {
  it("is 3.1 in V, the definition of R, within the fit's accuracy", () => {
    // the fit's own V band is at x = 1.82, where a = 1 and b = 0
    expect(cardelliExtinction(1.82)).toBeCloseTo(3.1, 12);
  });

  it.each([1.1, 3.3, 5.9, 8])("joins its pieces at x = %d", (x) => {
    // the published pieces meet to better than a per cent
    const ratio = cardelliExtinction(x + 1e-9) / cardelliExtinction(x - 1e-9);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.01);
  });

  it("ends in the far ultraviolet", () => {
    expect(cardelliExtinction(11.001)).toBe(0);
    expect(evaluate(redden, Float64Array.of(0.1, 1, 10), [3])).toEqual(Float64Array.of(1, 1));
  });
});

describe("the extinction curves of Pei", () => {
  it.each([1, 2, 3])("are 1 in B for galaxy %d, by their normalisation", (galaxy) => {
    // the fit follows the observed curves within some per cent
    expect(Math.abs(peiExtinction(1 / 0.44, galaxy) - 1)).toBeLessThan(0.06);
  });
});

describe("reddened light", () => {
  it("at a redshift is that of z = 0 on the grid times 1+z", () => {
    const expected = evaluate(
      redden,
      edges.map((energy) => 1.5 * energy),
      [0.3],
    );
    evaluate(zredden, edges, [0.3, 0.5]).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 12);
    });
    const dusty = evaluate(
      zdust,
      edges.map((energy) => 1.5 * energy),
      [2, 0.1, 3.1, 0],
    );
    evaluate(zdust, edges, [2, 0.1, 3.1, 0.5]).forEach((value, i) => {
      expect(value).toBeCloseTo(dusty[i], 12);
    });
  });

  it("is the mean of a bin's two edges weighted with the energy squared", () => {
    const hc = 12.3963e-4;
    const at = (energy: number) => 10 ** ((-0.2 * cardelliExtinction(energy / hc)) / 2.512);
    const [value] = evaluate(redden, Float64Array.of(2e-3, 4e-3), [0.2]);
    expect(value).toBeCloseTo((at(2e-3) + 4 * at(4e-3)) / 5, 14);
  });

  it("of Seaton's curve is untouched outside 2.7-10 per micron", () => {
    const [below, inside, above] = evaluate(uvred, Float64Array.of(3e-3, 3.2e-3, 1e-2, 1.6e-2), [1]);
    expect([below, above]).toEqual([1, 1]);
    expect(inside).toBeLessThan(0.1);
  });
});
