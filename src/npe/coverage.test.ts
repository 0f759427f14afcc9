import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { coverageOf, covers } from "./coverage.ts";

const F = 3;

/** Spectra's features that are skewed and hang together, and totals. */
function spectra(n: number, seed: number) {
  const features = new Float64Array(n * F);
  const totals = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const rng = stream(seed, "test", i);
    const a = rng.uniform();
    features.set([a, Math.exp(2 * a + 0.1 * rng.normal()), 5 * rng.normal() ** 2 - a], i * F);
    totals[i] = rng.poisson(1000 + 1000 * a);
  }
  return { features, totals };
}

const row = (features: Float64Array, i: number) => features.subarray(i * F, (i + 1) * F);

describe("coverage by the training spectra", () => {
  const training = spectra(4000, 1);
  const coverage = coverageOf(training.features, training.totals);

  it("calls as many sound spectra outside as its limit says", () => {
    const n = 20_000;
    const fresh = spectra(n, 2);
    const outside = (limit: number) => {
      let k = 0;
      for (let i = 0; i < n; i++)
        if (covers(coverage, row(fresh.features, i), fresh.totals[i]).pValue < limit) k++;
      return k / n;
    };
    // 0.05 to the error of a quantile of 4000 (0.0034) and of 20 000 trials, 4 sigma; below, the tail's law is a model: a factor of three.
    expect(Math.abs(outside(0.05) - 0.05)).toBeLessThan(4 * Math.hypot(0.0034, 0.0015));
    expect(outside(0.01)).toBeLessThan(0.03);
    expect(outside(1e-4)).toBeLessThan(6e-4);
  });

  it("finds spectra that are beyond a feature's range, or inside all of them where no simulation is", () => {
    const beyond = Float64Array.of(0.5, Math.E, 3000);
    expect(covers(coverage, beyond, 1500).pValue).toBeLessThan(1e-6);
    // Features one and two rise together in all simulations.
    const crossed = Float64Array.of(0.05, Math.exp(1.9), 2);
    expect(covers(coverage, crossed, 1500).pValue).toBeLessThan(1e-4);
    expect(covers(coverage, Float64Array.of(0.5, Math.E, 2), 1500).pValue).toBeGreaterThan(0.04);
  });

  it("compares total counts with the simulations'", () => {
    const middle = Float64Array.of(0.5, Math.E, 2);
    const { lower, upper } = coverage.totals;
    expect(covers(coverage, middle, lower - 1).total).toBe(false);
    expect(covers(coverage, middle, upper).total).toBe(true);
    expect(covers(coverage, middle, upper + 1).total).toBe(false);
  });

  it("ranks features, and does not depend on their scales", () => {
    const { ranks } = covers(coverage, Float64Array.of(0.25, Math.exp(0.5), 2), 1500);
    // A uniform feature's own rank; 4000 draws and interpolation between half deviations.
    expect(Math.abs(ranks[0] - 0.25)).toBeLessThan(0.03);
    const stretch = (x: Float64Array) => x.map((v, i) => [7 * v - 3, 0.01 * v, v + 100][i % F]);
    const stretched = coverageOf(stretch(training.features), training.totals);
    for (let i = 0; i < 20; i++) {
      const x = row(training.features, i);
      const { pValue } = covers(stretched, stretch(x), 1500);
      expect(pValue).toBeCloseTo(covers(coverage, x, 1500).pValue, 9);
    }
  });
});
