import { describe, expect, it } from "vitest";
import { gammaP } from "../math/incomplete-gamma.ts";
import { normalCdf } from "../math/normal.ts";
import { stream } from "../math/random.ts";
import { gaussianCases } from "./calibration.fixture.ts";
import {
  centralLevels,
  conformalInterval,
  conformalLevel,
  densityLevels,
  expectedCoverage,
  posteriorRanks,
  tarp,
} from "./index.ts";

const set = { seed: 11, cases: 1000, draws: 300 };
const densities = (width: number, seed = set.seed) =>
  densityLevels(gaussianCases({ ...set, seed, width }).map(({ density }) => density));

describe("coverage", () => {
  // Each deviation is standard normal: false alarm 6e-5 a level.
  it("of exact posteriors is nominal, in central intervals and highest-density regions", () => {
    const ranks = posteriorRanks(gaussianCases(set));
    for (const levels of [...ranks.map(centralLevels), densities(1)]) {
      const { at, excess, kolmogorov } = expectedCoverage(levels);
      for (const { deviation, low, high, level } of at) {
        expect(Math.abs(deviation)).toBeLessThan(4);
        expect(low).toBeLessThan(level + 0.03);
        expect(high).toBeGreaterThan(level - 0.03);
      }
      expect(Math.abs(excess)).toBeLessThan(4 / Math.sqrt(12 * 1000));
      expect(kolmogorov.pValue).toBeGreaterThan(1e-4);
    }
  });

  // Of a posterior w times too wide, the 68.3 % interval holds P(|t| < w) and the 90 % region of two parameters
  // P(chi^2_2 < w^2 chi^2_2(0.9)); 4 binomial errors and 1/300 for the finite number of draws.
  it.each([0.7, 1.5])("of posteriors %d times as wide is the closed form", (width) => {
    const [ranks] = posteriorRanks(gaussianCases({ ...set, width }));
    const [central] = expectedCoverage(centralLevels(ranks), [0.6826894921370859]).at;
    const exactCentral = 2 * normalCdf(width) - 1;
    expect(Math.abs(central.coverage - exactCentral)).toBeLessThan(4 * central.error + 1 / 300);
    const { at, excess } = expectedCoverage(densities(width), [0.9]);
    const exactDensity = gammaP(1, width ** 2 * Math.log(10));
    expect(Math.abs(at[0].coverage - exactDensity)).toBeLessThan(4 * at[0].error + 1 / 300);
    expect(Math.sign(excess)).toBe(width > 1 ? 1 : -1);
  });

  it("at a level counts the truths inside, with the errors of the formula", () => {
    const { at } = expectedCoverage([0.1, 0.2, 0.3, 0.9], [0.5]);
    expect(at[0].coverage).toBe(0.75);
    expect(at[0].error).toBe(0.25);
    expect(at[0].deviation).toBe(1);
    // Wilson's interval for 3 of 4.
    expect(at[0].low).toBeCloseTo(0.3006, 4);
    expect(at[0].high).toBeCloseTo(0.9544, 4);
  });

  it("of densities does not change with their constant, and takes whole weights like repeats", () => {
    const draws = [-3, -1, -Infinity, -2];
    const [plain] = densityLevels([{ truth: -1.5, draws }]);
    expect(plain).toBe(1.5 / 5);
    expect(densityLevels([{ truth: 8.5, draws: draws.map((x) => x + 10) }])[0]).toBe(plain);
    const [weighted] = densityLevels([{ truth: -1.5, draws, weights: [2, 2, 2, 2] }]);
    expect(weighted).toBeCloseTo(plain, 14);
  });

  it("refuses levels outside 0 to 1", () => {
    expect(() => expectedCoverage([1.2])).toThrow(/in \[0, 1\]/);
    expect(() => expectedCoverage([])).toThrow(/at least one/);
    expect(() => expectedCoverage([0.2], [1])).toThrow(/between 0 and 1/);
  });
});

describe("tarp", () => {
  const run = (options: { width?: number; shift?: number; seed?: number; cases?: number; draws?: number }) =>
    tarp(gaussianCases({ ...set, cases: 500, ...options }), { rng: stream(1, "tarp") });

  // 200 sets at 5 %: 10 expected, sd 3.1; more than 23 has a chance of 1e-4.
  it("rejects exact posteriors no more often than it says", () => {
    const pValues = Array.from({ length: 200 }, (_, i) => run({ seed: 300 + i, cases: 100, draws: 50 })).map(
      (result) => result.kolmogorov.pValue,
    );
    const found = pValues.filter((p) => p < 0.05).length;
    expect(found).toBeLessThan(24);
    expect(found).toBeGreaterThan(0);
  });

  it("finds posteriors that are too narrow, too wide or shifted", () => {
    expect(run({ width: 0.6 }).kolmogorov.pValue).toBeLessThan(1e-3);
    expect(run({ width: 1.8 }).kolmogorov.pValue).toBeLessThan(1e-3);
    expect(run({ shift: 1 }).kolmogorov.pValue).toBeLessThan(1e-3);
  });

  // The bootstrap error of a share is the binomial one, itself good to 5 % of 200 samples: 4 of these.
  it("has the binomial error at each level", () => {
    for (const { coverage, error } of run({}).at) {
      const binomial = Math.sqrt((coverage * (1 - coverage)) / 500);
      expect(Math.abs(error / binomial - 1)).toBeLessThan(0.25);
    }
  });

  it("with a reference far below a single parameter is the rank, far above its complement", () => {
    const cases = gaussianCases({ ...set, cases: 20 }).map(({ truth, draws }) => ({
      truth: [truth[0]],
      draws: Float64Array.from(draws).filter((_, i) => i % 2 === 0),
    }));
    const from = (at: number) =>
      tarp(cases, { rng: stream(1, "tarp"), references: new Float64Array(20).fill(at) }).levels;
    const [ranks] = posteriorRanks(cases);
    from(-1000).forEach((level, n) => {
      expect(level).toBeCloseTo(ranks[n], 12);
    });
    from(1000).forEach((level, n) => {
      expect(level).toBeCloseTo(1 - ranks[n], 12);
    });
  });

  it("does not depend on units, nor on which of x and 10^x is called logarithmic", () => {
    const cases = gaussianCases({ ...set, cases: 30 });
    const map = (x: ArrayLike<number>) => Float64Array.from(x, (v, i) => (i % 2 === 0 ? 5 * v - 3 : 10 ** v));
    const mapped = cases.map(({ truth, draws }) => ({ truth: map(truth), draws: map(draws) }));
    const plain = tarp(cases, { rng: stream(2, "tarp") });
    const other = tarp(mapped, { rng: stream(2, "tarp"), logarithmic: [false, true] });
    // One draw of 300 may change sides by rounding.
    plain.levels.forEach((level, n) => {
      expect(Math.abs(level - other.levels[n])).toBeLessThan(1.5 / 300);
    });
    expect(() => tarp(cases, { rng: stream(2, "tarp"), logarithmic: [true] })).toThrow(/to be positive/);
  });
});

describe("conformal levels", () => {
  it("are the order statistics of the formula", () => {
    const levels = Array.from({ length: 9 }, (_, i) => (9 - i) / 10);
    expect(conformalLevel(levels, 0.9).nominal).toBe(0.9);
    expect(conformalLevel(levels, 0.5).nominal).toBe(0.5);
    expect(conformalLevel(levels, 0.95).nominal).toBe(1);
    expect(conformalInterval(levels, 0.6)).toEqual([0.2, 0.8]);
    expect(conformalInterval(levels, 0.9)).toEqual([0, 1]);
    expect(conformalLevel([], 0.5).nominal).toBe(1);
  });

  // 300 calibration and 1000 test spectra: the share inside has sd 0.022 (Beta) and 0.0095 (binomial) about 0.9. 4 sd.
  it.each([0.75, 1, 1.5])("give the wanted coverage to posteriors %d times as wide", (width) => {
    const calibration = densities(width, 21).subarray(0, 300);
    const { nominal, scatter } = conformalLevel(calibration, 0.9);
    const test = densities(width, 22);
    const inside = test.filter((level) => level <= nominal).length / test.length;
    expect(Math.abs(inside - 0.9)).toBeLessThan(4 * Math.hypot(scatter, 0.0095));
    // The right level is P(chi^2_2 < chi^2_2(0.9)/width^2) = 1 - 0.1^(1/width^2); its slope turns errors of coverage into these.
    const exact = 1 - 0.1 ** (1 / width ** 2);
    expect(Math.abs(nominal - exact)).toBeLessThan(
      (4 * scatter * ((1 - exact) / 0.1)) / width ** 2 + 1 / 300,
    );
  });

  it("promise too much coverage, never too little, where truths lie beyond all draws", () => {
    const beyond = Array.from({ length: 30 }, () => 0.999);
    expect(conformalLevel([...beyond, 0.1, 0.2], 0.5).nominal).toBe(0.999);
  });

  it("give the wanted coverage to biased intervals", () => {
    const ranks = (seed: number) => posteriorRanks(gaussianCases({ ...set, seed, shift: 0.8 }))[0];
    const [low, high] = conformalInterval(ranks(31), 0.68);
    const test = ranks(32);
    const inside = test.filter((rank) => rank >= low && rank <= high).length / test.length;
    // sd sqrt(0.68 0.32 / 1000) of each set: 0.0148 in quadrature twice, 4 of them.
    expect(Math.abs(inside - 0.68)).toBeLessThan(4 * 0.0148 * Math.SQRT2);
    expect(high).toBeLessThan(0.75);
  });

  it("have the scatter of the beta law", () => {
    // k = 9 of n = 9 at 0.9: Beta(9, 1), variance 9/(100 x 11).
    const levels = Array.from({ length: 9 }, (_, i) => i / 10);
    expect(conformalLevel(levels, 0.9).scatter).toBeCloseTo(Math.sqrt(9 / 1100), 14);
  });
});
