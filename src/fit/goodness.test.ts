import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
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

  it.each([
    [3, 60, 1],
    [40, 30, 1],
    // 1 + n/2 C_e''(mu) mu/n with C_e'' = -4.4 from Kaastra's polynomial: the expectation is taken at the fitted mu.
    [0.3, 200, 0.34],
  ])(
    "of a constant of %d counts a bin in %d bins falls by %d on average when it is fitted",
    (mean, bins, fall) => {
      const rng = stream(5, "test/corrected", bins);
      const N = 3000;
      const drops = Array.from({ length: N }, () => {
        const counts = Float64Array.from({ length: bins }, () => rng.poisson(mean));
        const seen = { ...plain, counts };
        const best = counts.reduce((sum, n) => sum + n, 0) / bins;
        const scale = new Float64Array(bins).fill(1);
        const at = new Float64Array(bins).fill(best);
        const found = goodness([{ ...seen, scale }], "cstat", at, 1);
        expect(found.expectedCorrected).toBe(found.expected! - 1);
        return found.expected! - found.atMedian;
      });
      const average = drops.reduce((sum, each) => sum + each, 0) / N;
      const sd = Math.sqrt(drops.reduce((sum, each) => sum + (each - average) ** 2, 0) / N);
      // Four errors of the mean (once in 16 000 seeds), and the next order, about 1/(total counts) times the bins' skewness.
      expect(Math.abs(average - fall)).toBeLessThan((4 * sd) / Math.sqrt(N) + 0.1);
    },
  );

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
