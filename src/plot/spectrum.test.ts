import { describe, expect, it } from "vitest";
import { drawScene } from "./draw.ts";
import { type SpectrumSeries, spectrum } from "./spectrum.ts";
import { toSvg } from "./svg.ts";

function series(counts: readonly number[], model: readonly number[]): SpectrumSeries {
  const energyLow = counts.map((_, i) => 1 + i);
  const energyHigh = counts.map((_, i) => 2 + i);
  return { label: "s", energyLow, energyHigh, counts, model, scale: counts.map(() => 10) };
}

function points(scene: ReturnType<typeof spectrum>, panel: number) {
  const marks = scene.panels[panel].marks.filter((mark) => mark.kind === "points");
  return marks[marks.length - 1];
}

describe("spectrum", () => {
  it("draws counts / s / keV with Gehrels' errors", () => {
    const point = points(spectrum({ series: [series([100, 400], [90, 380])] }), 0);
    expect(Array.from(point.y)).toEqual([10, 40]);
    // 1 + sqrt(100.75) = 11.0374
    expect(point.yHigh?.[0]).toBeCloseTo(11.10374, 4);
  });

  it("draws residuals in units of the same error", () => {
    const point = points(spectrum({ series: [series([100, 400], [90, 380])] }), 1);
    expect(point.y[0]).toBeCloseTo(10 / 11.0374, 4);
    expect(Number(point.yHigh?.[0]) - point.y[0]).toBeCloseTo(1, 10);
  });

  it("joins bins for display without losing counts, and says so", () => {
    const counts = [0, 0, 3, 2, 0, 9, 0, 1];
    const scene = spectrum({
      series: [
        series(
          counts,
          counts.map(() => 2),
        ),
      ],
    });
    const point = points(scene, 0);
    const width = (i: number) => Number(point.xHigh?.[i]) - Number(point.xLow?.[i]);
    const total = Array.from(point.y, (rate, i) => rate * 10 * width(i)).reduce((sum, n) => sum + n, 0);
    expect(total).toBeCloseTo(15, 10);
    expect(toSvg(scene)).toContain("joined to \u2265 5 counts");
  });

  it("never joins across a gap in energy", () => {
    const one = series([1, 1, 1, 1], [1, 1, 1, 1]);
    const energyLow = [1, 2, 5, 6];
    const energyHigh = [2, 3, 6, 7];
    const point = points(spectrum({ series: [{ ...one, energyLow, energyHigh }], minimumCounts: 100 }), 0);
    expect(Array.from(point.xLow ?? [])).toEqual([1, 5]);
    expect(Array.from(point.xHigh ?? [])).toEqual([3, 7]);
  });

  it("draws one bin, zero counts and a model of zero", () => {
    for (const [counts, model] of [
      [[5], [4]],
      [[0], [0]],
      [
        [0, 0, 0],
        [0.1, 0.2, 0],
      ],
    ]) {
      for (const residuals of ["delta", "ratio", "none"] as const) {
        expect(() => drawScene(spectrum({ series: [series(counts, model)], residuals }))).not.toThrow();
      }
    }
  });

  it("draws a first bin that begins at zero energy, or below, with its true rate", () => {
    const one = series([10, 20, 30], [9, 21, 28]);
    for (const first of [0, -0.5]) {
      const scene = spectrum({ series: [{ ...one, energyLow: [first, 2, 3] }] });
      expect(() => drawScene(scene)).not.toThrow();
      expect(toSvg(scene)).not.toMatch(/NaN|Infinity/);
      expect(scene.panels[0].xAxis.domain).toEqual([1, 4]);
      expect(points(scene, 0).y[0]).toBeCloseTo(10 / 10 / (2 - first), 10);
    }
  });

  it("names the series that holds NaN", () => {
    const bad = series([1, 2], [1, Number.NaN]);
    expect(() => spectrum({ series: [bad] })).toThrow('spectrum figure: "model of s" has NaN at index 1');
  });

  it("states statistic and deviation above the frame", () => {
    const statistic = {
      name: "C-stat",
      value: 222.12,
      bins: 193,
      expected: 201.3,
      expectedSd: 19.2,
      deviation: 1.08,
    };
    const text = toSvg(spectrum({ series: [series([5, 9], [4, 8])], statistic }));
    expect(text).toContain("C-stat = 222.1 in 193 bins, expected 201.3 \u00b1 19.2, deviation 1.1 \u03c3");
  });
});
