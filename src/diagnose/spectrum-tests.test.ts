import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import {
  andersonDarling,
  cramerVonMises,
  cstatDiscrepancy,
  DISCREPANCIES,
  fewRuns,
  goodnessPercentile,
  kolmogorovSmirnov,
  largestResidual,
  predictiveChecks,
  runsTest,
} from "./index.ts";

const poisson = (mu: ArrayLike<number>, seed: number) => {
  const rng = stream(seed, "counts");
  return Float64Array.from(mu, (m) => rng.poisson(m));
};
const curve = Float64Array.from({ length: 60 }, (_, i) => 40 * Math.exp(-i / 25));

describe("runs", () => {
  it("are counted, bins at the model left out", () => {
    const { runs, above, below } = runsTest([2, 2, 1, 0, 0, 2, 1], [1, 1, 1, 1, 1, 1, 1]);
    expect([runs, above, below]).toEqual([3, 3, 2]);
  });

  // All orders of 3 above and 4 below, by hand enumeration in the test.
  it("have the exact chance and moments of all orders being equally likely", () => {
    const orders: number[][] = [];
    for (let bits = 0; bits < 128; bits++) {
      const signs = Array.from({ length: 7 }, (_, i) => (bits >> i) & 1);
      if (signs.reduce((a, b) => a + b) === 3) orders.push(signs.map((s) => 2 * s));
    }
    const one = new Array<number>(7).fill(1);
    const tests = orders.map((order) => runsTest(order, one));
    const mean = tests.reduce((sum, { runs }) => sum + runs, 0) / tests.length;
    const variance = tests.reduce((sum, { runs }) => sum + (runs - mean) ** 2, 0) / tests.length;
    for (const { runs, deviation, pValue } of tests) {
      expect(deviation).toBeCloseTo((runs - mean) / Math.sqrt(variance), 12);
      expect(pValue).toBeCloseTo(tests.filter((other) => other.runs <= runs).length / tests.length, 12);
    }
  });

  it("say nothing where all bins are on one side", () => {
    expect(runsTest([2, 3], [1, 1])).toEqual({ runs: 1, above: 2, below: 0, deviation: 0, pValue: 1 });
    expect(runsTest([], []).pValue).toBe(1);
  });
});

describe("statistics of cumulative spectra", () => {
  it("are the closed forms of two bins", () => {
    // Y = 0.25, 1; M = 0.5, 1; n = 4.
    expect(kolmogorovSmirnov([1, 3], [5, 5]).distance).toBe(0.25);
    expect(cramerVonMises([1, 3], [5, 5])).toBeCloseTo(4 * 0.5 * 0.0625, 15);
    expect(andersonDarling([1, 3], [5, 5])).toBeCloseTo((4 * 0.5 * 0.0625) / 0.25, 15);
  });

  it("vanish for counts like the model and do not know its norm", () => {
    const counts = curve.map(Math.round);
    const other = poisson(curve, 2);
    for (const test of [
      (s: Float64Array, m: Float64Array) => kolmogorovSmirnov(s, m).distance,
      cramerVonMises,
      andersonDarling,
    ]) {
      expect(test(curve, curve)).toBeLessThan(1e-20 + (test(counts, curve) < 1 ? 1e-15 : 0));
      expect(
        test(
          other,
          curve.map((m) => 7 * m),
        ) / test(other, curve),
      ).toBeCloseTo(1, 10);
    }
  });

  it("of Cramer-von Mises and Anderson-Darling are the usual ones of unbinned events in many narrow bins", () => {
    // n = 5 uniform events, 1e5 bins: W^2 = 1/(12 n) + sum (u_i - (2i-1)/2n)^2, A^2 = -n - sum (2i-1)/n (ln u_i + ln(1-u_(n+1-i))).
    const u = [0.05, 0.3, 0.35, 0.6, 0.92];
    const n = u.length;
    const counts = new Float64Array(100_000);
    for (const x of u) counts[Math.floor(x * 100_000)]++;
    const flat = new Float64Array(100_000).fill(1);
    const w2 = u.reduce((sum, x, i) => sum + (x - (2 * i + 1) / (2 * n)) ** 2, 1 / (12 * n));
    const a2 = u.reduce(
      (sum, x, i) => sum - ((2 * i + 1) / n) * (Math.log(x) + Math.log(1 - u[n - 1 - i])),
      -n,
    );
    // A bin is 1e-5 wide: relative error of that order, tails of A^2 a few times more.
    expect(cramerVonMises(counts, flat)).toBeCloseTo(w2, 4);
    expect(andersonDarling(counts, flat)).toBeCloseTo(a2, 3);
    expect(kolmogorovSmirnov(counts, flat).distance).toBeCloseTo(0.25, 4);
  });

  // Means over 2000 spectra: sd of W^2 is about 0.15 and of A^2 0.75, errors 0.0034 and 0.017; 4 of them.
  it("have the mean that theory gives", () => {
    const total = curve.reduce((a, b) => a + b, 0);
    let model = 0;
    let [meanW, allButLast] = [0, 0];
    curve.forEach((m, i) => {
      model += m / total;
      meanW += (m / total) * model * (1 - model);
      if (i < curve.length - 1) allButLast += m / total;
    });
    let [w, a] = [0, 0];
    for (let i = 0; i < 2000; i++) {
      const counts = poisson(curve, 1000 + i);
      w += cramerVonMises(counts, curve) / 2000;
      a += andersonDarling(counts, curve) / 2000;
    }
    expect(Math.abs(w - meanW)).toBeLessThan(0.014);
    expect(Math.abs(a - allButLast)).toBeLessThan(0.07);
  });

  // The chance is an upper bound in bins: at most 5 % of 500, sd 4.9.
  it("reject by Kolmogorov and Smirnov no more often than they say, and find a wrong slope", () => {
    const alarms = Array.from({ length: 500 }, (_, i) => kolmogorovSmirnov(poisson(curve, i), curve).pValue);
    expect(alarms.filter((p) => p < 0.05).length).toBeLessThan(45);
    const steeper = curve.map((m, i) => m * Math.exp(-i / 60));
    expect(kolmogorovSmirnov(poisson(steeper, 1), curve).pValue).toBeLessThan(1e-3);
  });

  it("refuse a model of another length and spectra without counts", () => {
    expect(() => andersonDarling([1, 2], [1])).toThrow(/each of 2 bins, found 1/);
    expect(() => cramerVonMises([0, 0], [1, 1])).toThrow(/positive finite sum/);
    expect(() => kolmogorovSmirnov([1, -1], [1, 1])).toThrow(/found -1/);
    expect(andersonDarling([1, 1, 0], [0, 1, 1])).toBe(Infinity);
  });
});

describe("predictive checks", () => {
  const rows = 400;
  const at = (mu: Float64Array) => {
    const all = new Float64Array(rows * mu.length);
    for (let i = 0; i < rows; i++) all.set(mu, i * mu.length);
    return all;
  };
  const pValues = (counts: Float64Array) =>
    Object.fromEntries(
      predictiveChecks({ counts, mu: at(curve), rng: stream(1, "ppc") }).map((c) => [c.name, c.pValue]),
    );

  // At the true model p is uniform: of 100 spectra those below 0.05 number 5, sd 2.2; more than 15 has a chance of 1e-4.
  it("at the true model reject no more often than they say", () => {
    const found: Record<string, number> = {};
    for (let i = 0; i < 100; i++) {
      for (const [name, p] of Object.entries(pValues(poisson(curve, 50 + i)))) {
        found[name] = (found[name] ?? 0) + (p < 0.05 ? 1 : 0);
      }
    }
    expect(Object.keys(found)).toHaveLength(DISCREPANCIES.length);
    for (const count of Object.values(found)) expect(count).toBeLessThan(16);
  });

  it("find a line by the largest residual and a wrong slope by the runs and cumulative spectra", () => {
    const line = pValues(poisson(curve, 3).map((s, i) => s + (i === 40 ? 30 : 0)));
    expect(line["largest residual"]).toBeLessThan(0.01);
    const slope = pValues(
      poisson(
        curve.map((m, i) => m * (0.5 + i / 40)),
        3,
      ),
    );
    for (const name of ["cstat", "runs", "kolmogorov-smirnov", "cramer-von-mises", "anderson-darling"]) {
      expect(slope[name]).toBeLessThan(0.01);
    }
  });

  it("count draws by their weights", () => {
    const wrong = curve.map((m) => 3 * m);
    const mu = Float64Array.of(...curve, ...wrong);
    const input = { counts: curve.map(Math.round), mu, discrepancies: [cstatDiscrepancy] };
    const check = (weights: number[]) =>
      predictiveChecks({ ...input, weights, rng: stream(1, "ppc") })[0].pValue;
    expect(check([1, 0])).toBe(1);
    expect(check([0, 1])).toBe(0);
    expect(check([1, 3])).toBe(0.25);
  });

  it("count ties by half", () => {
    const same = { name: "same", value: () => 1 };
    const input = { counts: [1], mu: Float64Array.of(1, 1), rng: stream(1, "ppc"), discrepancies: [same] };
    expect(predictiveChecks(input)[0].pValue).toBe(0.5);
  });

  it("use the closed forms", () => {
    expect(cstatDiscrepancy.value([0, 2], [1.5, 2])).toBe(3);
    expect(largestResidual.value([0, 2], [1.5, 2])).toBe(Math.sqrt(3));
    expect(fewRuns.value([2, 2, 0, 0], [1, 1, 1, 1])).toBeGreaterThan(0);
    expect(() => predictiveChecks({ counts: [1, 2], mu: new Float64Array(3), rng: stream(1, "a") })).toThrow(
      /rows of 2/,
    );
  });

  it("a percentile is the share of lower statistics, ties by half", () => {
    const { percentile, error, pValue } = goodnessPercentile(2, [1, 2, 3, 4]);
    expect(percentile).toBe(37.5);
    expect(error).toBeCloseTo(100 * Math.sqrt((0.375 * 0.625) / 4), 12);
    expect(pValue).toBe(4 / 5);
  });
});
