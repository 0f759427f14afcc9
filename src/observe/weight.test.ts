import { describe, expect, it } from "vitest";
import { chiOf } from "./chi.ts";
import { observe } from "./observation.ts";
import { statistic } from "./statistic.ts";
import { makeGroups, makeRedistribution, makeSpectrum } from "./test-spectra.ts";
import { weighed } from "./weight.ts";

const identity = Array.from({ length: 4 }, (_, e) => Array.from({ length: 4 }, (_, h) => (e === h ? 1 : 0)));
const redistribution = makeRedistribution(identity);
const COUNTS = [0, 3, 10, 5];
const DARK = [1, 0, 3, 2];

describe("weights of chi", () => {
  it("gehrels gives each group (1 + sqrt(N + 0.75))^2, source and background alike, whatever STAT_ERR says", () => {
    const spectrum = makeSpectrum(COUNTS, { poissonErrors: false, statErr: Float64Array.of(9, 9, 9, 9) });
    const background = makeSpectrum(DARK, { exposure: 400 });
    const seen = observe({ spectrum, redistribution, background }, makeGroups(0, 3, 2), {
      weight: "gehrels",
    });
    const expected = (n: number) => (1 + Math.sqrt(n + 0.75)) ** 2;
    expect(Array.from(seen.variance)).toEqual([3, 15].map(expected));
    expect(Array.from(seen.background!.variance)).toEqual([1, 5].map(expected));
    const [s, b] = [15 - 5 / 4 - 7, expected(15) + expected(5) / 16];
    const bins = new Float64Array(2);
    statistic("chi", seen).perBin(bins, [2, 7]);
    expect(bins[1]).toBeCloseTo((s * s) / b, 12);
  });

  it("churazov weighs by the counts of the neighbours, per channel, and keeps a flat spectrum's variance", () => {
    const flat = { counts: new Float64Array(9).fill(7), channels: new Array(9).fill(1) };
    expect(Array.from(weighed("churazov", { ...flat, stated: flat.counts }))).toEqual(new Array(9).fill(7));
    const wide = { counts: Float64Array.of(10, 10, 40, 10), channels: [1, 1, 4, 1] };
    expect(Array.from(weighed("churazov", { ...wide, stated: wide.counts }))).toEqual([10, 10, 40, 10]);
    // 25 counts are not there: the mean of all.
    const faint = { counts: Float64Array.of(0, 6, 0, 2), channels: [1, 1, 1, 1] };
    expect(Array.from(weighed("churazov", { ...faint, stated: faint.counts }))).toEqual([2, 2, 2, 2]);
    // One neighbour on either side holds enough.
    const bright = { counts: Float64Array.of(30, 60, 90, 300), channels: [1, 1, 1, 1] };
    expect(Array.from(weighed("churazov", { ...bright, stated: bright.counts }))).toEqual([45, 60, 150, 195]);
  });

  it("model puts the expected counts in place of the source's, and the background's variance beside them", () => {
    const spectrum = makeSpectrum(COUNTS, { sysErr: Float64Array.of(0, 0, 0.2, 0) });
    const background = makeSpectrum(DARK, { exposure: 400 });
    const seen = observe({ spectrum, redistribution, background }, makeGroups(0, 3), { weight: "model" });
    const bins = new Float64Array(4);
    const mu = [0.3, 2, 11, 6];
    statistic("chi", seen).perBin(bins, mu);
    mu.forEach((m, c) => {
      const systematic = c === 2 ? 4 : 0;
      const expected = (COUNTS[c] - DARK[c] / 4 - m) ** 2 / (m + DARK[c] / 16 + systematic);
      expect(bins[c]).toBeCloseTo(expected, 12);
    });
  });

  it("a systematic error of the model is a fraction of the expected counts, added after the rule for no variance", () => {
    const seen = observe({ spectrum: makeSpectrum(COUNTS), redistribution }, makeGroups(0, 3), {
      systematic: 0.5,
    });
    const bins = new Float64Array(4);
    statistic("chi", seen).perBin(bins, [2, 2, 12, 5]);
    expect(bins[0]).toBeCloseTo(4 / (1 + 1), 14);
    expect(bins[2]).toBeCloseTo(4 / (10 + 36), 14);
  });

  it("only chi knows of weights", () => {
    const plain = observe({ spectrum: makeSpectrum(COUNTS), redistribution }, makeGroups(0, 3));
    const other = observe({ spectrum: makeSpectrum(COUNTS), redistribution }, makeGroups(0, 3), {
      weight: "model",
      systematic: 0.1,
    });
    const mu = [0.3, 2, 11, 6];
    expect(statistic("cstat", other).value(mu)).toBe(statistic("cstat", plain).value(mu));
    expect(statistic("chi", other).value(mu)).not.toBe(statistic("chi", plain).value(mu));
  });

  it.each([{ model: true }, { systematic: 0.3 }, { model: true, systematic: 0.05 }])(
    "%o: the slope agrees with differences, and the curvature is Gauss and Newton's",
    (options) => {
      const one = chiOf(options);
      for (const [mu, s, b, k, e, v] of [
        [3, 5, 2, 4, 2, 0.5],
        [0.2, 0, 0, 1, 0, 0.1],
        [40, 25, 9, 0.5, 9, 25],
      ]) {
        const step = 1e-5 * mu;
        const root = (x: number) => {
          const value = Math.sqrt(one.value(x, s, b, k, e, v));
          return s - b / k - x < 0 ? -value : value;
        };
        // Central differences: truncation 1e-10, rounding 1e-16/1e-5.
        const slope =
          (one.value(mu + step, s, b, k, e, v) - one.value(mu - step, s, b, k, e, v)) / (2 * step);
        const du = (root(mu + step) - root(mu - step)) / (2 * step);
        expect(Math.abs(one.slope(mu, s, b, k, e, v) - slope)).toBeLessThan(1e-7 * (1 + Math.abs(slope)));
        expect(Math.abs(one.curvature(mu, s, b, k, e, v) - 2 * du * du)).toBeLessThan(1e-7 * (1 + du * du));
      }
    },
  );
});
