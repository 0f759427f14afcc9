import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { cstat } from "./cstat.ts";
import { halfDeviance } from "./deviance.ts";
import { observe } from "./observation.ts";
import { statistic, statistics } from "./statistic.ts";
import { makeGroups, makeRedistribution, makeSpectrum } from "./test-spectra.ts";
import { wstat } from "./wstat.ts";

fc.configureGlobal({ seed: 11 });

const poisson = statistics.filter((one) => one.name !== "chi");
const mean = fc.double({ min: 0.01, max: 500, noNaN: true });
const count = fc.integer({ min: 0, max: 400 });
const ratio = fc.double({ min: 0.02, max: 50, noNaN: true });

describe("per-bin statistics", () => {
  it("C-stat is zero where the expected counts equal the observed ones, and positive elsewhere", () => {
    fc.assert(
      fc.property(count, mean, (s, mu) => {
        expect(cstat.value(Math.max(s, 1e-5), s, 0, 1, 0, 0)).toBeLessThanOrEqual(2e-5);
        expect(cstat.value(mu, s, 0, 1, 0, 0)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("C-stat is -2 ln(Poisson) up to a constant of the data", () => {
    const logPoisson = (s: number, mu: number) => s * Math.log(mu) - mu;
    for (const s of [0, 1, 7, 300]) {
      const difference = cstat.value(3.3, s, 0, 1, 0, 0) - cstat.value(0.7, s, 0, 1, 0, 0);
      expect(difference).toBeCloseTo(-2 * (logPoisson(s, 3.3) - logPoisson(s, 0.7)), 9);
    }
  });

  it("C-stat stays at its floor where the model is zero or negative, and a NaN shows", () => {
    expect(cstat.value(0, 3, 0, 1, 0, 0)).toBe(cstat.value(1e-5, 3, 0, 1, 0, 0));
    expect(cstat.value(-1, 3, 0, 1, 0, 0)).toBe(cstat.value(1e-5, 3, 0, 1, 0, 0));
    expect(cstat.value(Number.NaN, 3, 0, 1, 0, 0)).toBeNaN();
    expect(wstat.value(Number.NaN, 3, 2, 1, 0, 0)).toBeNaN();
  });

  it("half the deviance keeps its digits near its zero", () => {
    // Series d^2/(2n) - d^3/(3n^2) + ...: the next term is 5e-11 of the first here.
    const n = 1e6;
    const d = 10;
    const series = d ** 2 / (2 * n) - d ** 3 / (3 * n ** 2);
    expect(Math.abs(halfDeviance(n, n + d) / series - 1)).toBeLessThan(1e-9);
  });

  it("W is the minimum over the background of the joint Poisson statistic", () => {
    fc.assert(
      fc.property(
        mean,
        count,
        count,
        ratio,
        fc.double({ min: 0, max: 600, noNaN: true }),
        (mu, s, b, k, f) => {
          const joint = 2 * (halfDeviance(s, mu + f) + halfDeviance(b, Math.max(k * f, 1e-300)));
          // 1e-9: rounding of terms of up to 1e5.
          expect(wstat.value(mu, s, b, k, 0, 0)).toBeLessThanOrEqual(joint + 1e-9);
        },
      ),
    );
  });

  it("W's special cases are the limits of its general formula", () => {
    // Its derivative in b (or s) near 0 is a logarithm, |ln 1e-9| = 21, times at most a few: 1e-6 holds with room.
    for (const mu of [0.01, 0.5, 3, 40]) {
      for (const k of [0.1, 1, 30]) {
        for (const n of [0, 1, 6, 50]) {
          const near = 1e-9;
          expect(Math.abs(wstat.value(mu, n, near, k, 0, 0) - wstat.value(mu, n, 0, k, 0, 0))).toBeLessThan(
            1e-6,
          );
          expect(Math.abs(wstat.value(mu, near, n, k, 0, 0) - wstat.value(mu, 0, n, k, 0, 0))).toBeLessThan(
            1e-6,
          );
        }
      }
    }
  });

  it("W tends to C-stat on top of a known background where that is exposed for ever", () => {
    const k = 1e9;
    const b = 2.5 * k;
    expect(wstat.value(3, 7, b, k, 0, 0)).toBeCloseTo(cstat.value(5.5, 7, 0, 1, 0, 0), 6);
  });

  it("pgstat is the minimum over the background of a Poisson and a Gaussian term, F of any sign for s = 0", () => {
    const pgstat = statistics.find((one) => one.name === "pgstat")!;
    const variance = fc.double({ min: 0.1, max: 900, noNaN: true });
    const background = fc.double({ min: -50, max: 600, noNaN: true });
    fc.assert(
      fc.property(mean, count, count, ratio, variance, background, (mu, s, b, k, e, f) => {
        const joint = (at: number) => 2 * halfDeviance(s, mu + at) + (b - k * at) ** 2 / e;
        const value = pgstat.value(mu, s, b, k, e, 0);
        // Rounding of terms that grow with k^2/e: 1e-12 of the larger side.
        expect(value).toBeLessThanOrEqual(joint(s === 0 ? f : Math.max(0, f)) + 1e-9 * (1 + Math.abs(value)));
        const least = joint((b - e / k) / k);
        if (s === 0) expect(Math.abs(value - least)).toBeLessThan(1e-9 * (1 + mu + (b + e / k) / k));
      }),
    );
  });

  it("pgstat tends to W where the background has many counts", () => {
    const pgstat = statistics.find((one) => one.name === "pgstat")!;
    const b = 1e8;
    // The Gaussian's skewness moves the profile by about (shift in b)/b = 1e-4 relative at most.
    for (const s of [80, 100, 130]) {
      const difference = pgstat.value(20, s, b, 1e6, b, 0) - wstat.value(20, s, b, 1e6, 0, 0);
      expect(Math.abs(difference)).toBeLessThan(1e-3);
    }
  });

  it("lstat without background counts is the background-free Poisson mixture: zero at its own peak", () => {
    const lstat = statistics.find((one) => one.name === "lstat")!;
    fc.assert(
      fc.property(count, count, ratio, (s, b, k) => {
        expect(lstat.value(Math.max(0, s - b / k), s, b, k, 0, 0)).toBe(0);
      }),
    );
  });

  it("lstat equals the logarithm of the likelihood integrated over the background", () => {
    const lstat = statistics.find((one) => one.name === "lstat")!;
    const [s, b, k] = [4, 3, 2.5];
    // Flat prior in F: integral of (mu+F)^s F^b exp(-mu-(1+k)F) dF, trapezium rule (exact to rounding on this tail).
    const evidence = (mu: number) => {
      let sum = 0;
      const step = 1e-3;
      for (let f = step; f < 60; f += step) sum += (mu + f) ** s * f ** b * Math.exp(-mu - (1 + k) * f);
      return Math.log(sum * step);
    };
    const direct = 2 * (evidence(0.4) - evidence(6));
    expect(lstat.value(6, s, b, k, 0, 0) - lstat.value(0.4, s, b, k, 0, 0)).toBeCloseTo(direct, 6);
  });

  it.each(statistics.map((one) => [one.name, one] as const))(
    "%s: slope and curvature agree with differences",
    (name, one) => {
      fc.assert(
        fc.property(mean, count, count, ratio, (mu, s, b, k) => {
          const e = b;
          fc.pre(!nearKink(name, mu, s, b, k, 1e-4 * mu));
          const at = (x: number) => one.value(x, s, b, k, e, s);
          const step = 1e-4 * mu;
          const slope = one.slope(mu, s, b, k, e, s);
          // Central differences: truncation step^2 f'''/6 <= 1e-8 s/mu and rounding 1e-12/step, times what lstat's sum loses.
          const tolerance = 1e-6 * (1 + Math.abs(slope) + s / mu + 1 / mu + 1 / k + k);
          expect(Math.abs((at(mu + step) - at(mu - step)) / (2 * step) - slope)).toBeLessThan(tolerance);
          const curvature = one.curvature(mu, s, b, k, e, s);
          expect(curvature).toBeGreaterThanOrEqual(0);
          const slopes = (x: number) => one.slope(x, s, b, k, e, s);
          const second = (slopes(mu + step) - slopes(mu - step)) / (2 * step);
          if (name === "lstat") return;
          expect(Math.abs(second - curvature)).toBeLessThan(1e-5 * (1 + curvature + s / mu ** 2 + 1 / mu));
        }),
        { numRuns: 300 },
      );
    },
  );
});

/** Where the profiled background becomes zero the curvature jumps: no two-sided difference exists there. */
function nearKink(name: string, mu: number, s: number, b: number, k: number, step: number): boolean {
  if (name === "wstat") return b === 0 && Math.abs(s / (1 + k) - mu) <= 2 * step;
  return name === "pgstat" && Math.abs((1 - k) * mu - s) <= 2 * Math.abs(1 - k) * step;
}

describe("statistic of an observation", () => {
  const identity = (size: number) =>
    Array.from({ length: size }, (_, e) => Array.from({ length: size }, (_, h) => (e === h ? 1 : 0)));
  const redistribution = makeRedistribution(identity(4));
  const groups = makeGroups(0, 3);
  const plain = observe({ spectrum: makeSpectrum([0, 3, 10, 5]), redistribution }, groups);
  const background = makeSpectrum([1, 0, 3, 2], { file: "back.pha", exposure: 400 });
  const both = observe({ spectrum: makeSpectrum([0, 3, 10, 5]), redistribution, background }, groups);
  const mu = Float64Array.from([0.3, 2, 11, 6]);

  it("is the sum of its bins", () => {
    for (const { name } of statistics) {
      const bound = statistic(name, both);
      const bins = new Float64Array(4);
      bound.perBin(bins, mu);
      expect(bound.value(mu)).toBeCloseTo(
        bins.reduce((sum, bin) => sum + bin),
        12,
      );
    }
  });

  it("cstat and wstat both mean the Poisson likelihood of what there is", () => {
    expect(statistic("wstat", plain).name).toBe("cstat");
    expect(statistic("cstat", both).name).toBe("wstat");
    expect(statistic("wstat", plain).value(mu)).toBe(statistic("cstat", plain).value(mu));
  });

  it("the background enters by the ratio of exposures", () => {
    const bins = new Float64Array(4);
    statistic("pstat", both).perBin(bins, mu);
    expect(bins[2]).toBe(cstat.value(11 + 3 / 4, 10, 0, 1, 0, 0));
  });

  it("chi gives empty bins the variance of one count, less where the background was exposed longer", () => {
    const bins = new Float64Array(4);
    const empty = observe({ spectrum: makeSpectrum([0, 0, 0, 0]), redistribution }, groups);
    statistic("chi", empty).perBin(bins, mu);
    expect(bins[0]).toBeCloseTo(0.09, 14);
    const dark = makeSpectrum([0, 0, 0, 0], { exposure: 200 });
    const subtracted = observe(
      { spectrum: makeSpectrum([0, 0, 0, 0]), redistribution, background: dark },
      groups,
    );
    statistic("chi", subtracted).perBin(bins, mu);
    expect(bins[0]).toBeCloseTo(0.09 * 4, 14);
  });

  it("slope and curvature fill one number a bin", () => {
    const bound = statistic("cstat", plain);
    const out = new Float64Array(4);
    bound.slope(out, mu);
    expect(Array.from(out)).toEqual([2, -1, 2 * (1 - 10 / 11), 2 * (1 - 5 / 6)]);
    bound.curvature(out, mu);
    expect(out[1]).toBe(6 / 4);
  });

  it("takes counts that are not whole as they are, with a warning where they come from rates", () => {
    const rates = observe(
      { spectrum: makeSpectrum([0, 3, 1.5, 5], { fromRate: true }), redistribution },
      groups,
    );
    const mu = Float64Array.of(1, 2, 2, 4);
    const own = 2 * (2 - 1.5 + 1.5 * Math.log(1.5 / 2));
    const out = new Float64Array(4);
    statistic("cstat", rates).perBin(out, mu);
    expect(out[2]).toBeCloseTo(own, 12);
    expect(rates.warnings.join()).toMatch(
      /gives 1.5 counts in bin 3; Poisson statistics take them as they are/,
    );
  });

  it("refuses negative counts for Poisson statistics, naming what to use", () => {
    const subtracted = observe({ spectrum: makeSpectrum([0, -3, 1.5, 5]), redistribution }, groups);
    for (const { name } of poisson.slice(0, 1)) {
      expect(() => statistic(name, subtracted)).toThrow(/bin 2 holds -3 counts.*use chi/);
    }
    expect(() => statistic("chi", subtracted)).not.toThrow();
    const negative = makeSpectrum([1, -1, 1, 1], { file: "back.pha" });
    const modelled = observe(
      { spectrum: makeSpectrum([0, 3, 10, 5]), redistribution, background: negative },
      groups,
    );
    expect(() => statistic("wstat", modelled)).toThrow(/back.pha.*use pgstat/);
    expect(() => statistic("pgstat", modelled)).not.toThrow();
  });

  it("accepts counts that come from float32 rates", () => {
    const rate = Math.fround(123457 / 3.7) * 3.7;
    const seen = observe(
      { spectrum: makeSpectrum([0, 3, rate, 5], { fromRate: true }), redistribution },
      groups,
    );
    expect(() => statistic("cstat", seen)).not.toThrow();
  });

  it("asks for the background that a statistic needs", () => {
    for (const name of ["pgstat", "pstat", "lstat"] as const) {
      expect(() => statistic(name, plain)).toThrow(InputError);
      expect(() => statistic(name, plain)).toThrow(/needs a background/);
    }
  });
});
