import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { buildFolding, fold } from "./folding.ts";
import { irregularMatrix, makeAncillary, makeRedistribution } from "./test-spectra.ts";

const matrix = irregularMatrix(300, 24);
const redistribution = makeRedistribution(matrix);
const ancillary = makeAncillary(redistribution, (energy) => 100 / energy);
const photonsOf = (size: number) => Float64Array.from({ length: size }, (_, e) => 1 + Math.cos(e) ** 2);

/** Sum by its definition over the dense matrix, as stored in float32. */
function dense(binOfChannel: Int32Array, bins: number, photons: Float64Array): number[] {
  const rate = new Array<number>(bins).fill(0);
  matrix.forEach((row, e) => {
    row.forEach((value, h) => {
      if (binOfChannel[h] >= 0) rate[binOfChannel[h]] += Math.fround(value) * ancillary.area[e] * photons[e];
    });
  });
  return rate;
}

describe("folding", () => {
  it("equals the sum over the dense matrix, channels in groups and some left out", () => {
    const bins = Int32Array.from({ length: 24 }, (_, h) => (h < 2 || h === 9 ? -1 : Math.floor(h / 3)));
    const size = 8;
    const folding = buildFolding(redistribution, bins, size, ancillary);
    const photons = photonsOf(300);
    const out = new Float64Array(size);
    const skipped = redistribution.edges.indexOf(folding.edges[0]);
    fold(out, folding, photons.slice(skipped, skipped + folding.edges.length - 1));
    const expected = dense(bins, size, photons);
    // Both sums have 300 terms of one sign per channel: rounding is below 300 * 3 * 1.1e-16 = 1e-13.
    for (let c = 0; c < size; c++) expect(Math.abs(out[c] / expected[c] - 1)).toBeLessThan(1e-13);
  });

  it("cuts off the energies that reach no kept bin, and only those", () => {
    const diagonal = Array.from({ length: 10 }, (_, e) =>
      Array.from({ length: 10 }, (_, h) => (Math.abs(e - h) <= 1 ? 0.25 : 0)),
    );
    const response = makeRedistribution(diagonal);
    const bins = new Int32Array(10).fill(-1);
    bins[4] = 0;
    bins[6] = 1;
    const folding = buildFolding(response, bins, 2);
    expect(Array.from(folding.edges)).toEqual(Array.from(response.edges.slice(3, 9)));
    expect(Array.from(folding.start)).toEqual([0, 2]);
    expect(Array.from(folding.length)).toEqual([3, 3]);
    expect(Array.from(folding.values)).toEqual(new Array(6).fill(0.25));
  });

  it("gives zero for a bin that no photon reaches", () => {
    const response = makeRedistribution([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    const folding = buildFolding(response, Int32Array.from([0, 1, 2]), 3);
    const out = new Float64Array(3).fill(7);
    fold(out, folding, Float64Array.from([2, 3]));
    expect(Array.from(out)).toEqual([2, 3, 0]);
  });

  it("is linear in the photons: an unfolded sum of models is the sum of their foldings", () => {
    const bins = Int32Array.from({ length: 24 }, (_, h) => h);
    const folding = buildFolding(redistribution, bins, 24, ancillary);
    const a = photonsOf(folding.edges.length - 1);
    const b = a.map((value, e) => value * (e % 7));
    const folded = [a, b, a.map((value, e) => value + b[e])].map((photons) => {
      const out = new Float64Array(24);
      fold(out, folding, photons);
      return out;
    });
    // Three rounded sums of 300 terms.
    for (let c = 0; c < 24; c++) expect(folded[0][c] + folded[1][c]).toBeCloseTo(folded[2][c], 8);
  });

  it("keeps the digits of a long sum whose terms are equal", () => {
    const response = makeRedistribution(Array.from({ length: 20_000 }, () => [1]));
    const folding = buildFolding(response, Int32Array.from([0]), 1);
    const out = new Float64Array(1);
    fold(out, folding, new Float64Array(20_000).fill(0.1));
    // A running sum is off by 3.6e-13 here; blocks stay within a few hundred rounding errors of 1.1e-16.
    expect(Math.abs(out[0] / 2000 - 1)).toBeLessThan(5e-14);
  });

  it("refuses an ancillary response on another grid", () => {
    const shifted = { ...ancillary, edges: ancillary.edges.map((energy) => energy + 0.01) };
    const bins = new Int32Array(24);
    expect(() => buildFolding(redistribution, bins, 1, shifted)).toThrow(InputError);
    expect(() => buildFolding(redistribution, bins, 1, shifted)).toThrow(/belong together/);
    const shorter = { ...ancillary, edges: ancillary.edges.slice(1), area: ancillary.area.slice(1) };
    expect(() => buildFolding(redistribution, bins, 1, shorter)).toThrow(/299 energies.*has 300/);
    const rounded = { ...ancillary, edges: ancillary.edges.map(Math.fround) };
    expect(() => buildFolding(redistribution, bins, 1, rounded)).not.toThrow();
  });

  it("says so when no photon reaches any kept bin", () => {
    const dark = makeAncillary(redistribution, () => 0);
    expect(() => buildFolding(redistribution, new Int32Array(24), 1, dark)).toThrow(/no photon/);
  });
});
