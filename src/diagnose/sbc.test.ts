import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { type GaussianCase, gaussianCases } from "./calibration.fixture.ts";
import { ecdfBands, holm, posteriorRanks, sbc, uniformChiSquare } from "./index.ts";

/** How many of `times` sets of calibrated cases are rejected at 5 %. */
const alarms = (times: number, rejected: (cases: GaussianCase[], seed: number) => boolean) =>
  Array.from({ length: times }, (_, i) =>
    rejected(gaussianCases({ seed: 100 + i, cases: 100, draws: 39 }), i),
  ).filter(Boolean).length;

describe("sbc", () => {
  // At most 5 % of 300, binomial sd 3.8: more than 30 has a chance of 1e-4.
  it("rejects exact posteriors no more often than it says", () => {
    const found = alarms(300, (cases) => sbc(cases).pValue < 0.05);
    expect(found).toBeLessThan(31);
    expect(found).toBeGreaterThan(0);
  });

  it("finds posteriors that are too narrow, too wide, or shifted, and says which", () => {
    const set = { seed: 1, cases: 500, draws: 200 };
    const narrow = sbc(gaussianCases({ ...set, width: 0.7 }));
    const wide = sbc(gaussianCases({ ...set, width: 1.5 }));
    const shifted = sbc(gaussianCases({ ...set, shift: 0.4 }));
    for (const { pValue } of [narrow, wide, shifted]) expect(pValue).toBeLessThan(1e-3);
    for (const p of narrow.parameters) expect(p.spread).toBeGreaterThan(4);
    for (const p of wide.parameters) expect(p.spread).toBeLessThan(-4);
    for (const p of shifted.parameters) expect(p.shift).toBeLessThan(-4);
    const exact = sbc(gaussianCases(set));
    // Each is standard normal: false alarm 6e-5.
    for (const p of exact.parameters) {
      expect(Math.abs(p.shift)).toBeLessThan(4);
      expect(Math.abs(p.spread)).toBeLessThan(4);
    }
  });

  it("corrects for the number of parameters", () => {
    const { parameters, pValue } = sbc(gaussianCases({ seed: 3, cases: 100, draws: 50, shift: 0.2 }));
    const all = parameters.flatMap((p) => [p.chiSquare.pValue, p.kolmogorov.pValue]);
    expect(pValue).toBeCloseTo(Math.min(1, 4 * Math.min(...all)), 14);
    expect(pValue).toBe(Math.min(...parameters.map((p) => p.adjusted)));
  });
});

describe("ranks", () => {
  const cases = gaussianCases({ seed: 5, cases: 50, draws: 99 });

  it("count the draws below the truth", () => {
    const [ranks] = posteriorRanks([{ truth: [2.5], draws: [4, 1, 2, 3] }]);
    expect(ranks[0]).toBe(2.5 / 5);
  });

  it("do not change under monotone transforms", () => {
    const map = (x: ArrayLike<number>) => Float64Array.from(x, (v) => Math.exp(v) ** 3);
    const mapped = cases.map(({ truth, draws }) => ({ truth: map(truth), draws: map(draws) }));
    expect(posteriorRanks(mapped)).toEqual(posteriorRanks(cases));
  });

  it("take equal weights like none, whatever their scale", () => {
    const weighted = cases.map((one) => ({ ...one, weights: new Float64Array(99).fill(0.25) }));
    const plain = posteriorRanks(cases);
    posteriorRanks(weighted).forEach((ranks, d) => {
      ranks.forEach((rank, n) => {
        expect(rank).toBeCloseTo(plain[d][n], 13);
      });
    });
  });

  it("take whole weights like repeated draws, to the weight of one draw", () => {
    const times = (i: number) => i % 4;
    const weights = Float64Array.from({ length: 99 }, (_, i) => times(i));
    const rows = Array.from({ length: 99 }, (_, i) => new Array<number>(times(i)).fill(i)).flat();
    const weighted = posteriorRanks(cases.map((one) => ({ ...one, weights })));
    const repeated = posteriorRanks(
      cases.map(({ truth, draws }) => ({
        truth,
        draws: rows.flatMap((i) => [draws[2 * i], draws[2 * i + 1]]),
      })),
    );
    // The truth weighs 1/ESS of all, in one form 1/63 and in the other 1/147: half the difference is the most.
    weighted.forEach((ranks, d) => {
      ranks.forEach((rank, n) => {
        expect(Math.abs(rank - repeated[d][n])).toBeLessThan(0.5 / 63);
      });
    });
  });

  it("of posteriors sampled with weights are uniform", () => {
    // Exact posterior from draws 1.5 times as wide, weighted by the ratio of densities.
    const weighted = gaussianCases({ seed: 6, cases: 400, draws: 400, width: 1.5 }).map((one) => {
      const weights = Float64Array.from(one.density.draws, (wide) => Math.exp(wide * (1.5 ** 2 - 1)));
      return { truth: one.truth, draws: one.draws, weights };
    });
    for (const { shift, spread } of sbc(weighted).parameters) {
      expect(Math.abs(shift)).toBeLessThan(4);
      expect(Math.abs(spread)).toBeLessThan(4);
    }
  });

  // Rounded to a grid of about one standard deviation: without chance at ties most ranks would pile up.
  it("are uniform in spite of ties when these are broken at random", () => {
    const coarse = gaussianCases({ seed: 7, cases: 1000, draws: 50 }).map(({ truth, draws }) => ({
      truth: Float64Array.from(truth, Math.round),
      draws: Float64Array.from(draws, Math.round),
    }));
    for (const { kolmogorov, spread } of sbc(coarse, { rng: stream(1, "ties") }).parameters) {
      expect(kolmogorov.pValue).toBeGreaterThan(1e-4);
      expect(Math.abs(spread)).toBeLessThan(4);
    }
    expect(sbc(coarse).pValue).toBeLessThan(1e-6);
  });

  it("of very few draws are uniform when they are placed at random in their steps", () => {
    const cases = gaussianCases({ seed: 8, cases: 1000, draws: 3 });
    for (const ranks of posteriorRanks(cases, { rng: stream(2, "steps") })) {
      expect(uniformChiSquare(ranks, 20).pValue).toBeGreaterThan(1e-4);
      expect(ecdfBands(ranks, { rng: stream(3, "band") }).pValue).toBeGreaterThan(1e-3);
    }
    expect(uniformChiSquare(posteriorRanks(cases)[0], 20).pValue).toBeLessThan(1e-6);
  });

  it.each([
    [{ truth: [1, 2], draws: [1, 2, 3] }, /draws of 2 parameters each/],
    [{ truth: [1], draws: [1, Number.NaN] }, /found NaN/],
    [{ truth: [Number.NaN], draws: [1] }, /found NaN/],
    [{ truth: [1], draws: [1, Number.NaN], weights: [1, 2] }, /found NaN/],
    [{ truth: [1], draws: [1, 2], weights: [1] }, /one weight a draw \(2\), found 1/],
    [{ truth: [1], draws: [1, 2], weights: [1, -1] }, /found -1 at draw 2/],
    [{ truth: [1], draws: [1, 2], weights: [0, 0] }, /positive finite sum/],
    [{ truth: [], draws: [1] }, /at least one true parameters/],
  ])("of unusable cases are refused: %o", (one, message) => {
    expect(() => posteriorRanks([one])).toThrow(message);
  });
});

describe("tests of uniformity", () => {
  it("chi-square is that of the table", () => {
    // 10 and 30 in two bins: (10^2 + 10^2)/20 = 10, P = erfc(sqrt 5) = 0.0015654022580025.
    const values = Array.from({ length: 40 }, (_, i) => (i < 10 ? 0.2 : 0.8));
    const { value, pValue } = uniformChiSquare(values, 2);
    expect(value).toBe(10);
    expect(pValue).toBeCloseTo(0.0015654022580025, 12);
  });

  it("Holm's steps give the worked example", () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holm([0.6, 0.9])).toEqual([1, 1]);
  });

  // 5 % of 150 sets: 7.5 expected, sd 2.7, the band's own error (400 simulations) adds 1.6; more than 20 has a chance of 1e-4.
  it("a band for the whole curve is left as often as it says", () => {
    const found = alarms(150, (cases, i) => {
      const options = { rng: stream(i, "band"), points: 20, simulations: 400 };
      const { lower, upper, difference, pValue } = ecdfBands(posteriorRanks(cases)[0], options);
      const inside = difference.every((d, k) => d >= lower[k] - 1e-12 && d <= upper[k] + 1e-12);
      if (inside) expect(pValue).toBeGreaterThan(0.049);
      else expect(pValue).toBeLessThan(0.051);
      return !inside;
    });
    expect(found).toBeLessThan(21);
    expect(found).toBeGreaterThan(0);
  });

  it("at one point the band is that of the binomial law", () => {
    // n = 10, z = 1/2: P(K <= 1) = 11/1024 = 0.0107 < 0.025 <= P(K <= 2) = 56/1024, so 2 to 8 counts are inside.
    const { lower, upper } = ecdfBands(new Float64Array(10).fill(0.3), { rng: stream(1, "band"), points: 2 });
    expect(Array.from(lower)).toEqual([-0.3]);
    expect(upper[0]).toBeCloseTo(0.3, 14);
  });

  it("a rank at a point of the band counts as up to it", () => {
    const { difference } = ecdfBands([0, 0.5, 0.5, 1], { rng: stream(1, "band"), points: 2 });
    expect(Array.from(difference)).toEqual([0.25]);
  });

  it("a band finds ranks that pile up at the ends", () => {
    const [narrow] = posteriorRanks(gaussianCases({ seed: 2, cases: 300, draws: 200, width: 0.8 }));
    expect(ecdfBands(narrow, { rng: stream(1, "band") }).pValue).toBeLessThan(0.005);
  });
});
