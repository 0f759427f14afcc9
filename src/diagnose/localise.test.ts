import { describe, expect, it } from "vitest";
import { normalCdf, normalQuantile } from "../math/normal.ts";
import { stream } from "../math/random.ts";
import { localise } from "./localise.ts";
import { stretch } from "./stretch.ts";

const N = 320;

/** Ranks of a posterior that is exact but for `factor` too narrow widths and a bias below x = 0.25; x is even in [0, 1]. */
function faulty(seed: number, { factor = 1, bias = 0 } = {}) {
  const rng = stream(seed, "localise");
  const x = Float64Array.from({ length: N }, (_, i) => ((37 * i) % N) / N);
  const ranks = x.map((at) => normalCdf(at < 0.25 ? bias + factor * rng.normal() : rng.normal()));
  return { x, ranks };
}

function localised(seed: number, fault = {}) {
  const { x, ranks } = faulty(seed, fault);
  return localise([{ name: "a", values: ranks }], [{ name: "x", values: x }], 8)[0].bins;
}

describe("where a posterior fails", () => {
  it("is nowhere, for an exact one, in 99 of 100 sets", () => {
    let alarms = 0;
    for (let seed = 1; seed <= 200; seed++)
      if (localised(seed).some(({ parameters }) => parameters[0].adjusted < 0.01)) alarms++;
    // More than 9 of 200 at a rate of 1 %: once in 10 000.
    expect(alarms).toBeLessThanOrEqual(9);
  });

  it.each([{ factor: 2.2 }, { bias: 1.2 }])("is found in its bins and no others: %o", (fault) => {
    const bins = localised(1, fault);
    const failing = bins.map(({ parameters }) => parameters[0].adjusted < 0.01);
    // A quarter of the range: the first two of eight bins, and no further one by chance (1 %).
    expect(failing).toEqual([true, true, ...failing.slice(2).map(() => false)]);
    const { bias, width } = bins[0].parameters[0];
    // 40 spectra: 4 standard errors.
    expect(Math.abs(bias - (fault.bias ?? 0))).toBeLessThan((4 * (fault.factor ?? 1)) / Math.sqrt(40));
    expect(Math.abs(Math.log(width / (fault.factor ?? 1)))).toBeLessThan(4 / Math.sqrt(80));
  });

  it("puts equally many spectra into each bin, in their order", () => {
    const bins = localised(3);
    expect(bins.map(({ members }) => members.length)).toEqual(Array(8).fill(40));
    for (let b = 1; b < 8; b++) expect(bins[b].low).toBeGreaterThanOrEqual(bins[b - 1].high);
  });
});

describe("the factor by which intervals must widen", () => {
  const intervals = (seed: number, n: number, width: number, bias = 0) => {
    const rng = stream(seed, "stretch");
    const truth = Float64Array.from({ length: n }, () => rng.normal());
    const median = truth.map(() => bias);
    return { truth, median, low: median.map((m) => m - width), high: median.map((m) => m + width) };
  };

  // Truths N(0, 1), intervals 0 -+ w: the factor for coverage p is the quantile (1 + p)/2 over w. Its scatter is
  // sqrt(p (1 - p)/n) over the density there; five of these.
  it.each([0.5, 1, 2])("is the ratio of right to given widths: given %d", (width) => {
    const { factor, low, high, coverage } = stretch(intervals(1, 4000, width), 0.6826894921370859);
    expect(Math.abs(factor - 1 / width)).toBeLessThan((5 * 0.0152) / width);
    expect(low).toBeLessThan(factor);
    expect(high).toBeGreaterThan(factor);
    expect(Math.abs(coverage - (2 * normalCdf(width) - 1))).toBeLessThan(5 * 0.0079);
  });

  it("gives fresh spectra the coverage that is wanted", () => {
    const wanted = 0.9;
    let covered = 0;
    const sets = 400;
    for (let seed = 1; seed <= sets; seed++) {
      const { factor } = stretch(intervals(seed, 100, 0.6, 0.3), wanted);
      const fresh = intervals(10_000 + seed, 25, 0.6 * factor, 0.3);
      covered += stretch(fresh, wanted).coverage / sets;
    }
    // Between 0.9 and 0.9 + 1/101; scatter of the mean sqrt(0.9 0.1 (1/25 + 1/100) / 400) = 0.0034, four of them.
    expect(covered).toBeGreaterThan(wanted - 0.0134);
    expect(covered).toBeLessThan(wanted + 0.01 + 0.0134);
  });

  it("has an interval that holds the true factor in 95 % of sets", () => {
    const exact = normalQuantile(0.95) / 0.7;
    let held = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const { low, high } = stretch(intervals(seed, 300, 0.7), 0.9);
      if (low <= exact && exact <= high) held++;
    }
    // 380 expected, 4 standard deviations 17 (and the ranks are rounded outwards).
    expect(held).toBeGreaterThan(363);
  });

  it("is infinite where an interval has no width, or the set is too small", () => {
    const none = { truth: [1, 2], median: [0, 0], low: [0, 0], high: [0, 0] };
    expect(stretch(none, 0.5).factor).toBe(Number.POSITIVE_INFINITY);
    expect(stretch(intervals(1, 5, 1), 0.9).factor).toBe(Number.POSITIVE_INFINITY);
  });
});
