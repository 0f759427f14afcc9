import { describe, expect, it } from "vitest";
import { stream } from "../math/index.ts";
import { cstat } from "./cstat.ts";
import { deviation, exactMoments, expectedCstat } from "./expected.ts";
import { expectedFit } from "./kaastra.ts";

describe("expected C-stat", () => {
  it("the exact sums agree with simulated counts", () => {
    const draws = 100_000;
    for (const mu of [0.02, 0.3, 0.9, 2.5, 8, 30, 49]) {
      const rng = stream(20, "expected", Math.round(mu * 100));
      const values = Float64Array.from({ length: draws }, () => cstat.value(mu, rng.poisson(mu), 0, 1, 0, 0));
      const { expected, variance } = exactMoments(mu);
      const moment = (power: number) =>
        values.reduce((sum, value) => sum + (value - expected) ** power, 0) / draws;
      // 5 standard errors of the mean and of the variance, 7 means each: false alarms once in 1e5 seeds.
      expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(variance / draws));
      expect(Math.abs(moment(2) - variance)).toBeLessThan(5 * Math.sqrt((moment(4) - variance ** 2) / draws));
    }
  });

  it("the published fits deviate from the sums by 2.4e-4 in the mean and 4.8e-4 in the variance", () => {
    let mean = 0;
    let spread = 0;
    for (let mu = 1e-3; mu < 50; mu *= 1.003) {
      const exact = exactMoments(mu);
      const fit = expectedFit(mu);
      mean = Math.max(mean, Math.abs(exact.expected - fit.expected));
      spread = Math.max(spread, Math.abs(exact.variance - fit.variance));
    }
    // Found here: 2.32e-4 and 4.73e-4 (near mu = 3); a wrong digit in a coefficient shows as 5e-4 or more.
    expect(mean).toBeGreaterThan(2.2e-4);
    expect(mean).toBeLessThan(2.4e-4);
    expect(spread).toBeGreaterThan(4.5e-4);
    expect(spread).toBeLessThan(4.8e-4);
  });

  it("passes from sums to fits without a visible step", () => {
    const below = expectedCstat([49.9999]);
    const above = expectedCstat([50.0001]);
    // The fits' own errors there: 1.4e-5 and 1.8e-5.
    expect(Math.abs(below.expected - above.expected)).toBeLessThan(1.5e-5);
    expect(Math.abs(below.variance - above.variance)).toBeLessThan(2e-5);
  });

  it("is that of chi-square with one degree of freedom a bin in the limit of many counts, and 0 for none", () => {
    const many = expectedCstat(new Float64Array(10).fill(1e7));
    expect(many.expected).toBeCloseTo(10, 5);
    expect(many.variance).toBeCloseTo(20, 5);
    expect(expectedCstat([0, 0])).toEqual({ expected: 0, variance: 0 });
  });

  it("follows its leading term -2 mu ln mu for rare counts", () => {
    const mu = 1e-8;
    // Next term 2 mu - 2 mu = 0, then of order mu^2 ln mu.
    expect(exactMoments(mu).expected / (-2 * mu * Math.log(mu))).toBeCloseTo(1, 6);
  });

  it("adds up over bins, and the deviation counts standard deviations", () => {
    const sum = expectedCstat([0.5, 7, 80]);
    const bins = [exactMoments(0.5), exactMoments(7), expectedFit(80)];
    expect(sum.expected).toBeCloseTo(bins[0].expected + bins[1].expected + bins[2].expected, 12);
    expect(sum.variance).toBeCloseTo(bins[0].variance + bins[1].variance + bins[2].variance, 12);
    expect(deviation(sum.expected + 2 * Math.sqrt(sum.variance), sum)).toBeCloseTo(2, 12);
  });

  it("shows a NaN", () => {
    expect(expectedCstat([1, Number.NaN]).expected).toBeNaN();
  });
});
