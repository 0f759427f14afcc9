import { describe, expect, it } from "vitest";
import { gammaP } from "../math/incomplete-gamma.ts";
import { kolmogorovUniform } from "../math/kolmogorov.ts";
import { stream } from "../math/random.ts";
import { addBackground } from "./background.ts";
import { drawGamma } from "./gamma-variate.ts";

describe("gamma variates", () => {
  it.each([0.5, 1, 1.5, 20, 3000])("of shape %d follow their distribution", (a) => {
    const cdf = Float64Array.from({ length: 20_000 }, (_, i) =>
      gammaP(a, drawGamma(stream(3, "gamma", i), a)),
    );
    // Five shapes: a sound generator fails once in 2e5 seeds.
    expect(kolmogorovUniform(cdf).pValue).toBeGreaterThan(1e-6);
    const mean = cdf.reduce((sum, u) => sum + u, 0) / cdf.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 / Math.sqrt(12 * cdf.length));
  });
});

describe("a background", () => {
  const counts = Float64Array.of(0, 4, 100, 50);
  const ratio = Float64Array.of(0.5, 0.1, 1, 0);

  it("adds ratio times Gamma(B + 1/2): its mean and variance", () => {
    const n = 20_000;
    const sum = new Float64Array(4);
    const squares = new Float64Array(4);
    for (let i = 0; i < n; i++) {
      const mu = Float64Array.of(1, 2, 3, 4);
      addBackground(mu, counts, ratio, stream(4, "background", i));
      mu.forEach((v, c) => {
        sum[c] += v - (c + 1);
        squares[c] += (v - (c + 1) - ratio[c] * (counts[c] + 0.5)) ** 2;
      });
    }
    for (let c = 0; c < 3; c++) {
      const shape = counts[c] + 0.5;
      const variance = ratio[c] ** 2 * shape;
      // Six moments within 5 standard errors: false alarms once in 3e5 seeds.
      expect(Math.abs(sum[c] / n - ratio[c] * shape)).toBeLessThan(5 * Math.sqrt(variance / n));
      const kurtosis = 2 + 6 / shape;
      expect(Math.abs(squares[c] / n / variance - 1)).toBeLessThan(5 * Math.sqrt(kurtosis / n));
    }
  });

  it("leaves bins without background as they are", () => {
    const mu = Float64Array.of(1, 2, 3, 4);
    addBackground(mu, counts, ratio, stream(4, "background"));
    expect(mu[3]).toBe(4);
  });
});
