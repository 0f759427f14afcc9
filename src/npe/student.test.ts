import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { student } from "./student.ts";

const mean = Float64Array.of(1, -2);
const scale = Float64Array.of(2, 0.6, 0.6, 0.5);

describe("a Student t", () => {
  it("is the Cauchy law with one degree of freedom in one dimension", () => {
    const t = student(Float64Array.of(3), Float64Array.of(4), 1);
    for (const x of [-10, 0, 3, 5, 1e6])
      expect(t.logPdf([x])).toBeCloseTo(-Math.log(2 * Math.PI * (1 + ((x - 3) / 2) ** 2)), 12);
  });

  it("integrates to one in one and in two dimensions", () => {
    // x = tan(u) maps the line to an interval; the midpoint rule is then exact to 1e-6 for densities with such tails.
    const n = 400;
    const line = Array.from({ length: n }, (_, i) => {
      const u = Math.PI * ((i + 0.5) / n - 0.5);
      return { x: 2 * Math.tan(u), weight: (2 * Math.PI) / n / Math.cos(u) ** 2 };
    });
    const one = student(Float64Array.of(0.3), Float64Array.of(1.7), 5);
    const two = student(mean, scale, 5);
    let sum1 = 0;
    let sum2 = 0;
    for (const a of line) {
      sum1 += a.weight * Math.exp(one.logPdf([a.x]));
      for (const b of line) sum2 += a.weight * b.weight * Math.exp(two.logPdf([1 + a.x, -2 + b.x]));
    }
    expect(sum1).toBeCloseTo(1, 5);
    expect(sum2).toBeCloseTo(1, 4);
  });

  it("draws with its mean and covariance, degrees / (degrees - 2) times the scale", () => {
    const t = student(mean, scale, 12);
    const n = 20_000;
    const first = new Float64Array(2);
    const second = new Float64Array(4);
    for (let i = 0; i < n; i++) {
      const x = t.sample(stream(5, "student", i));
      for (let d = 0; d < 2; d++) {
        first[d] += x[d] / n;
        for (let e = 0; e < 2; e++) second[2 * d + e] += ((x[d] - mean[d]) * (x[e] - mean[e])) / n;
      }
    }
    const cov = scale.map((v) => (v * 12) / 10);
    // Five moments within 5 standard errors (kurtosis 3.75 at 12 degrees): false alarms once in 3e5 seeds.
    for (let d = 0; d < 2; d++) {
      expect(Math.abs(first[d] - mean[d])).toBeLessThan(5 * Math.sqrt(cov[3 * d] / n));
      for (let e = 0; e <= d; e++) {
        const variance = 2.75 * cov[3 * d] * cov[3 * e];
        expect(Math.abs(second[2 * d + e] - cov[2 * d + e])).toBeLessThan(5 * Math.sqrt(variance / n));
      }
    }
  });
});
