import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { type FeatureMap, featureCount, features } from "./features.ts";
import { varying } from "./features-moments.ts";
import { pcaBasis } from "./features-pca.ts";
import { bandsOf, columnsOf, statisticCount, summaryStatistics } from "./features-summary.ts";

const untouched = (F: number) => ({ mean: new Float64Array(F), sd: new Float64Array(F).fill(1) });

/** Bins of equal width from 0.3 to 9.95 keV. */
const energies = (C: number) => {
  const width = 9.65 / C;
  return {
    energyLow: Float64Array.from({ length: C }, (_, c) => 0.3 + c * width),
    energyHigh: Float64Array.from({ length: C }, (_, c) => 0.3 + (c + 1) * width),
  };
};

describe("principal components", () => {
  // x = a u + b v + noise of two bins' size: two directions hold nearly all the variance.
  const [N, C] = [4000, 12];
  const x = new Float64Array(N * C);
  for (let i = 0; i < N; i++) {
    const rng = stream(1, "pca", i);
    const [a, b] = [rng.normal(), rng.normal()];
    for (let c = 0; c < C; c++)
      x[i * C + c] =
        c === 5 ? 7 : 10 + (c + 1) * (a * Math.cos(c) + 0.5 * b * Math.sin(c) + 0.05 * rng.normal());
  }
  const map = (fraction: number): FeatureMap => {
    const basis = pcaBasis(x, C, fraction);
    return { kind: "pca", fraction, bins: C, basis, ...untouched(basis.length / C) };
  };

  it("are as few as keep the fraction of the variance of standardised bins", () => {
    expect(featureCount(map(0.5))).toBe(1);
    expect(featureCount(map(0.97))).toBe(2);
    // The bin that never varies has no variance to keep.
    expect(featureCount(map(1))).toBe(C - 1);
  });

  it("are uncorrelated over the spectra that they were made from", () => {
    const F = 2;
    const y = features(map(0.97), x);
    const mean = [0, 1].map((f) => y.reduce((sum, v, i) => sum + (i % F === f ? v : 0), 0) / N);
    let product = 0;
    const squares = [0, 0];
    for (let i = 0; i < N; i++) {
      product += (y[2 * i] - mean[0]) * (y[2 * i + 1] - mean[1]);
      for (const f of [0, 1]) squares[f] += (y[2 * i + f] - mean[f]) ** 2;
    }
    expect(Math.abs(product) / Math.sqrt(squares[0] * squares[1])).toBeLessThan(1e-10);
    // Eigenvalues of a correlation matrix: all together as many as bins that vary.
    const all = features(map(1), x);
    let total = 0;
    for (let f = 0; f < C - 1; f++) {
      const column = Array.from({ length: N }, (_, i) => all[i * (C - 1) + f]);
      const center = column.reduce((a, b) => a + b, 0) / N;
      total += column.reduce((sum, v) => sum + (v - center) ** 2, 0) / N;
    }
    expect(total).toBeCloseTo(C - 1, 8);
  });

  it("give a bin that never varies no weight, whatever it holds", () => {
    const other = x.slice(0, C);
    other[5] = 100;
    expect(features(map(1), other)).toEqual(features(map(1), x.slice(0, C)));
  });
});

describe("summary statistics", () => {
  const counts = Float64Array.from({ length: 18 }, (_, c) => (c * c) % 11);

  it("are the published 28: three of the bins, nine bands, eight ratios, eight contrasts", () => {
    const bands = bandsOf("summary", [energies(18)]);
    expect(statisticCount(bands)).toBe(28);
    const s = summaryStatistics(bands, counts);
    const b = Array.from({ length: 9 }, (_, i) => counts[2 * i] + counts[2 * i + 1]);
    const sum = b.reduce((p, q) => p + q, 0);
    expect(s[0]).toBeCloseTo(sum / 18, 14);
    expect(s[1]).toBeCloseTo(Math.sqrt(counts.reduce((p, v) => p + (v - sum / 18) ** 2, 0) / 18), 14);
    expect(s[2]).toBe(sum);
    expect([...s.slice(3, 12)]).toEqual(b);
    for (let i = 0; i < 8; i++) {
      expect(s[12 + i]).toBeCloseTo(b[i + 1] / (b[i] + 1), 14);
      expect(s[20 + i]).toBeCloseTo((b[i] - b[i + 1]) / (b[i] + b[i + 1] + 1), 14);
    }
  });

  it("lose no count at the edges of bands, linear or logarithmic", () => {
    for (const kind of ["summary", "bands"] as const) {
      const bands = bandsOf(kind, [energies(193)]);
      const x = Float64Array.from({ length: 193 }, (_, c) => (7 * c) % 13);
      const s = summaryStatistics(bands, x);
      const inBands = s.slice(3, 3 + bands.counts[0]).reduce((p, q) => p + q, 0);
      expect(inBands).toBe(x.reduce((p, q) => p + q, 0));
    }
  });

  it("of logarithmic bands split the absorbed end, which linear bands put into one", () => {
    const { energyHigh } = energies(193);
    const below = (kind: "summary" | "bands") => {
      const { band } = bandsOf(kind, [energies(193)]);
      return new Set(Array.from(band).filter((_, c) => energyHigh[c] < 1.2)).size;
    };
    expect(below("summary")).toBe(1);
    expect(below("bands")).toBeGreaterThanOrEqual(6);
  });

  it("of two spectra are those of each, one after the other; bands without a bin are left out", () => {
    const both = bandsOf("bands", [energies(18), energies(30)]);
    const x = Float64Array.from({ length: 48 }, (_, c) => (5 * c) % 7);
    const first = summaryStatistics(bandsOf("bands", [energies(18)]), x.slice(0, 18));
    const second = summaryStatistics(bandsOf("bands", [energies(30)]), x.slice(18));
    expect([...summaryStatistics(both, x)]).toEqual([...first, ...second]);
    expect(both.counts[0]).toBeLessThan(19);
  });

  it("that never vary are left out, and what is left is finite for a spectrum without a count", () => {
    const bands = bandsOf("summary", [energies(18)]);
    const n = 50;
    const rows = Float64Array.from({ length: n * 18 }, (_, i) =>
      i % 18 < 4 ? 3 : stream(2, "rows", i).poisson(4),
    );
    const S = statisticCount(bands);
    const used = varying(summaryStatistics(bands, rows), S);
    // Bands 1 and 2 are constant, and so are their ratio and their contrast.
    expect(used.length).toBe(24);
    const map: FeatureMap = { kind: "summary", bins: 18, bands, used, ...untouched(used.length) };
    expect(features(map, new Float64Array(18)).every(Number.isFinite)).toBe(true);
    expect([...features(map, rows)]).toEqual([...columnsOf(summaryStatistics(bands, rows), S, used)]);
  });
});
