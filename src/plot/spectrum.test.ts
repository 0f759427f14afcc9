import { describe, expect, it } from "vitest";
import { drawScene } from "./draw.ts";
import { spectrumCaption } from "./readableRebin.ts";
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
    const point = points(
      spectrum({ series: [{ ...one, energyLow, energyHigh }], rebin: { counts: 100 } }),
      0,
    );
    expect(Array.from(point.xLow ?? [])).toEqual([1, 5]);
    expect(Array.from(point.xHigh ?? [])).toEqual([3, 7]);
  });

  it("takes the background off the counts, with both errors, and leaves the model alone", () => {
    const one = { ...series([100, 5], [80, 2]), background: [20, 8], backgroundRatio: [0.1, 0.1] };
    const scene = spectrum({ series: [one], rebin: {} });
    const drawn = points(scene, 0);
    expect(Array.from(drawn.y)).toEqual([8]);
    // Gehrels: 1 + sqrt(100.75), and a tenth of 1 + sqrt(200.75).
    expect(Number(drawn.yHigh?.[0])).toBeCloseTo(8 + Math.hypot(11.0374, 1.5169) / 10, 4);
    const residuals = points(scene, 1);
    // 5 - 8 - 2 over 3.398 and a tenth of 9.986.
    expect(residuals.y[1]).toBeCloseTo(
      -5 / Math.hypot(1 + Math.sqrt(5.75), 0.1 * (1 + Math.sqrt(80.75))),
      10,
    );
    // Nothing is left in the second bin: a bar where its error ends.
    const [limit] = scene.panels[0].marks.filter((mark) => mark.kind === "points");
    expect(Number(limit.y[0])).toBeCloseTo((-3 + Math.hypot(1 + Math.sqrt(5.75), 0.99861)) / 10, 4);
  });

  it("keeps the sum of net counts and of the model where bins are joined to 3 sigma", () => {
    const counts = Array.from({ length: 60 }, (_, i) => 3 + ((7 * i) % 5));
    const one = {
      ...series(
        counts,
        counts.map(() => 2),
      ),
      background: counts.map(() => 2),
    };
    const scene = spectrum({ series: [one], rebin: { sigma: 3, most: 10 } });
    const point = points(scene, 0);
    const width = (i: number) => Number(point.xHigh?.[i]) - Number(point.xLow?.[i]);
    const total = Array.from(point.y, (rate, i) => rate * 10 * width(i)).reduce((sum, n) => sum + n, 0);
    expect(total).toBeCloseTo(
      counts.reduce((sum, n) => sum + n - 2, 0),
      8,
    );
    // (n - b)/sqrt(n + b) per joined bin, or ten of them.
    Array.from(point.y).forEach((rate, i) => {
      const net = rate * 10 * width(i);
      if (width(i) < 10) expect(net / Math.sqrt(net + 4 * width(i))).toBeGreaterThanOrEqual(3);
    });
    expect(toSvg(scene)).toContain("joined to \u2265 3 \u03c3 or 10 bins");
  });

  it("calls rates that are divided by an area scaling normalized, and the caption says by what", () => {
    const one = { ...series([100, 400], [90, 380]), areaScaling: 1403.5 };
    expect(toSvg(spectrum({ series: [one] }))).toContain("Normalized counts");
    expect(spectrumCaption([one])).toContain("AREASCAL (1403.5)");
    expect(toSvg(spectrum({ series: [series([100], [90])] }))).not.toContain("Normalized");
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
