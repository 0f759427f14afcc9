import { describe, expect, it } from "vitest";
import { expectedCstat } from "../observe/expected.ts";
import { statistic } from "../observe/statistic.ts";
import { goodness } from "./goodness.ts";
import { loadObservations } from "./load.ts";
import { smallFit } from "./small.fixture.ts";

const load = async (background?: number) => {
  const { config, readFile } = smallFit([background === undefined ? {} : { background }]);
  return loadObservations(config, readFile);
};
const [plain] = await load();
const [withBackground] = await load(600);
const mu = plain.counts.map((n) => n + 1);

describe("goodness", () => {
  it("is C-stat with its expectation under the model", () => {
    const { atMedian, expected, expectedSd, deviation, bins } = goodness([plain], "cstat", mu);
    expect(atMedian).toBe(statistic("cstat", plain).value(mu));
    const moments = expectedCstat(mu);
    expect(expected).toBe(moments.expected);
    expect(expectedSd).toBeCloseTo(Math.sqrt(moments.variance), 12);
    expect(deviation).toBeCloseTo((atMedian - moments.expected) / Math.sqrt(moments.variance), 12);
    expect(bins).toBe(plain.counts.length);
  });

  it("of two spectra is the sum, each at its own part of mu", () => {
    const other = { ...plain, counts: plain.counts.map((n) => 2 * n) };
    const both = Float64Array.of(...mu, ...mu.map((v) => 3 * v));
    const first = goodness([plain], "cstat", mu);
    const second = goodness(
      [other],
      "cstat",
      mu.map((v) => 3 * v),
    );
    const { atMedian, expected, bins } = goodness([plain, other], "cstat", both);
    expect(atMedian).toBeCloseTo(first.atMedian + second.atMedian, 9);
    expect(expected).toBeCloseTo(first.expected! + second.expected!, 9);
    expect(bins).toBe(first.bins + second.bins);
  });

  it("has no expectation where a background is fitted along", () => {
    const { atMedian, ...rest } = goodness([withBackground], "wstat", mu);
    expect(atMedian).toBe(statistic("wstat", withBackground).value(mu));
    expect(rest).toEqual({ bins: mu.length });
  });
});
