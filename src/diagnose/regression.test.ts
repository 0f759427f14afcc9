import { expect, it } from "vitest";
import { normalQuantile } from "../math/normal.ts";
import { stream } from "../math/random.ts";
import { gaussianCases } from "./calibration.fixture.ts";
import { fittedLine, recoveredParameters, slopeThroughOrigin } from "./index.ts";
import { studentCentral, studentLimit } from "./student.ts";

/** Medians intercept + slope truth + noise of the stated half-errors. */
const recovered = (n: number, seed: number, slope = 1, intercept = 0) => {
  const rng = stream(seed, "recovered");
  const truth = Float64Array.from({ length: n }, () => 1 + 2 * rng.uniform());
  const error = truth.map((t) => 0.05 * t);
  const median = truth.map((t, i) => intercept + slope * t + error[i] * rng.normal());
  return { truth, median, low: median.map((m, i) => m - error[i]), high: median.map((m, i) => m + error[i]) };
};

it("Student's limits are those of the tables and become the normal ones", () => {
  // t at 95 % for 1, 2, 5, 10 and 30 degrees of freedom.
  const table = [12.7062047364, 4.30265272991, 2.57058183564, 2.22813885196, 2.0422724563];
  [1, 2, 5, 10, 30].forEach((freedom, i) => {
    expect(studentLimit(0.95, freedom) / table[i]).toBeCloseTo(1, 10);
  });
  expect(studentLimit(0.95, 100_000)).toBeCloseTo(normalQuantile(0.975), 4);
  // One degree of freedom is Cauchy's law, two the algebraic t/sqrt(2 + t^2).
  expect(studentCentral(3, 1)).toBeCloseTo((2 / Math.PI) * Math.atan(3), 14);
  expect(studentCentral(3, 2)).toBeCloseTo(3 / Math.sqrt(11), 14);
});

it("medians in proportion to the truth have that slope without error", () => {
  const { slope, error } = slopeThroughOrigin({
    truth: [1, 2, 4],
    median: [2, 4, 8],
    low: [1, 3, 6],
    high: [3, 6, 9],
  });
  expect(slope).toBe(2);
  expect(error).toBe(0);
});

it("the slope weighs by the rms of the two half-errors", () => {
  // e^2 = (1 + 9)/2 = 5 and (1 + 1)/2 = 1: (0.2 x 3 + 5)/(0.2 + 1).
  const result = slopeThroughOrigin({ truth: [1, 1], median: [3, 5], low: [2, 4], high: [6, 6] });
  expect(result.slope).toBeCloseTo(5.6 / 1.2, 14);
  const chi = 0.2 * (3 - result.slope) ** 2 + (5 - result.slope) ** 2;
  expect(result.standardError).toBeCloseTo(Math.sqrt(chi / 1.2), 13);
  expect(result.error).toBeCloseTo(12.7062047364 * result.standardError, 9);
});

// scipy.optimize.curve_fit 1.17.1 (sigma = e, relative) and scipy.stats.t: eight digits printed, its optimiser good to 1e-7.
it("slopes and errors are those of scipy's weighted fits", () => {
  const median = [0.55, 1, 2.1, 3, 4.3];
  const down = [0.05, 0.1, 0.1, 0.2, 0.3];
  const up = [0.07, 0.1, 0.15, 0.2, 0.2];
  const data = {
    truth: [0.5, 1.1, 1.9, 3.2, 4],
    median,
    low: median.map((m, i) => m - down[i]),
    high: median.map((m, i) => m + up[i]),
  };
  const origin = slopeThroughOrigin(data);
  expect(origin.slope).toBeCloseTo(1.02366469, 6);
  expect(origin.standardError).toBeCloseTo(0.04057171, 6);
  expect(origin.error).toBeCloseTo(0.11264513, 6);
  const line = fittedLine(data);
  expect(line.slope).toBeCloseTo(1.01367719, 6);
  expect(line.intercept).toBeCloseTo(0.01810446, 6);
  expect(line.slopeError).toBeCloseTo(0.07262958, 6);
  expect(line.interceptError).toBeCloseTo(0.10098558, 6);
});

// 95 % of 400 intervals, sd 4.4: outside 380 +- 18 has a chance of 6e-5.
it("the error is half of a 95 % interval", () => {
  const inside = Array.from({ length: 400 }, (_, i) => slopeThroughOrigin(recovered(12, i))).filter(
    ({ slope, error }) => Math.abs(slope - 1) < error,
  ).length;
  expect(Math.abs(inside - 380)).toBeLessThan(18);
});

it("a line with intercept is exact for points on it and unchanged by units", () => {
  const x = { truth: [1, 2, 4], median: [1, 4, 10], low: [0, 3, 8], high: [2, 5, 11] };
  const line = fittedLine(x);
  expect(line.slope).toBeCloseTo(3, 13);
  expect(line.intercept).toBeCloseTo(-2, 13);
  const data = recovered(50, 1, 0.8, 0.5);
  const scaled = fittedLine({
    truth: data.truth.map((t) => 10 * t),
    median: data.median.map((m) => 10 * m),
    low: data.low.map((m) => 10 * m),
    high: data.high.map((m) => 10 * m),
  });
  const plain = fittedLine(data);
  expect(scaled.slope).toBeCloseTo(plain.slope, 12);
  expect(scaled.slopeError).toBeCloseTo(plain.slopeError, 12);
  expect(scaled.intercept).toBeCloseTo(10 * plain.intercept, 11);
  expect(scaled.chiSquare).toBeCloseTo(plain.chiSquare, 9);
});

// t of 198 degrees of freedom beyond 4: 9e-5. chi^2 of 198 has sd 20.
it("a line finds slope and intercept within their errors, where the origin hides them", () => {
  const data = recovered(200, 2, 0.8, 0.4);
  const line = fittedLine(data);
  expect(Math.abs(line.slope - 0.8) / line.slopeError).toBeLessThan(4);
  expect(Math.abs(line.intercept - 0.4) / line.interceptError).toBeLessThan(4);
  expect(Math.abs(line.chiSquare - line.freedom)).toBeLessThan(80);
  expect(Math.abs(slopeThroughOrigin(data).slope - 0.8)).toBeGreaterThan(0.1);
});

it("recovered parameters are the medians and 68 % ends, in log10 where asked", () => {
  const [case1] = gaussianCases({ seed: 1, cases: 1, draws: 20_001 });
  const [plain, other] = recoveredParameters([case1]);
  // Posterior widths are 1/sqrt(5) and 2/sqrt(5); the quantiles' error is 1.5 % of them, differences 2 %; 4 of these.
  expect((plain.high[0] - plain.low[0]) / (2 / Math.sqrt(5))).toBeCloseTo(1, 1);
  expect((other.high[0] - other.low[0]) / (4 / Math.sqrt(5))).toBeCloseTo(1, 1);
  const power = {
    truth: Float64Array.from(case1.truth, (t) => 10 ** t),
    draws: Float64Array.from(case1.draws, (t) => 10 ** t),
  };
  const [, log] = recoveredParameters([power], { logarithmic: [false, true] });
  expect(log.truth[0]).toBeCloseTo(other.truth[0], 12);
  expect(log.median[0]).toBeCloseTo(other.median[0], 12);
  expect(log.low[0]).toBeCloseTo(other.low[0], 3);
  expect(log.high[0]).toBeCloseTo(other.high[0], 3);
});

it("refuses what no line can be fitted to", () => {
  const one = { truth: [1, 1], median: [1, 1], low: [0, 0], high: [2, 2] };
  expect(() => fittedLine(one)).toThrow(/that differ/);
  expect(() => slopeThroughOrigin({ ...one, truth: [0, 0] })).toThrow(/other than zero/);
  expect(() => fittedLine({ ...one, low: [0] })).toThrow(/same spectra, found 2, 2, 1 and 2/);
  expect(() => slopeThroughOrigin({ ...one, low: [1, 0], high: [1, 2] })).toThrow(
    /spectrum 1: .*positive width/,
  );
});
