import { bottomMargin, leftMargin } from "./axes.ts";
import { INK, seriesColor } from "./palette.ts";
import type { Axis, Mark, Numbers, Panel, Scene } from "./scene.ts";
import { requireSeries } from "./series.ts";

export interface CoverageCurve {
  readonly label: string;
  /** One number in [0, 1] a test spectrum: the level of the smallest credible region that holds the truth. */
  readonly levels: Numbers;
}

export interface CoverageOptions {
  readonly curves: readonly CoverageCurve[];
  readonly width?: number;
}

/**
 * Expected coverage: the share of test spectra whose true parameters lie in the credible region of each nominal level.
 * On the diagonal a posterior is calibrated, above it too wide, below it too narrow (overconfident). Grey: 95 % band of
 * a calibrated one, 1.96 sqrt(p (1 - p) / n) at each level.
 */
export function coverage({ curves, width = 280 }: CoverageOptions): Scene {
  for (const { label, levels } of curves) requireSeries("coverage", label, levels, levels.length);
  const axis: Axis = { scale: "linear", domain: [0, 1], count: 6 };
  const yAxis: Axis = { ...axis, label: "Share of truths inside" };
  const left = leftMargin(yAxis, 200);
  const side = width - left - 12;
  const entries = curves.map(({ label }, i) => ({
    text: label,
    paint: { stroke: seriesColor(i), width: 1.1 },
    symbol: "line" as const,
  }));
  const panel: Panel = {
    x: left,
    y: 10,
    width: side,
    height: side,
    xAxis: { ...axis, label: "Nominal credible level" },
    yAxis,
    marks: [...reference(curves), ...curves.map((curve, i) => empirical(curve, seriesColor(i)))],
    legend: { entries },
  };
  return {
    width,
    height: 10 + side + bottomMargin(),
    title: "Coverage",
    description: `Share of true values inside the credible region against its nominal level: ${curves.map((c) => c.label).join(", ")}.`,
    panels: [panel],
  };
}

function reference(curves: readonly CoverageCurve[]): Mark[] {
  const fewest = Math.max(1, Math.min(...curves.map(({ levels }) => levels.length)));
  const x = Array.from({ length: 101 }, (_, i) => i / 100);
  const half = x.map((p) => 1.96 * Math.sqrt((p * (1 - p)) / fewest));
  return [
    {
      kind: "band",
      x,
      lower: x.map((p, i) => p - half[i]),
      upper: x.map((p, i) => p + half[i]),
      paint: { fill: INK, opacity: 0.1 },
    },
    { kind: "line", x: [0, 1], y: [0, 1], paint: { stroke: INK, width: 0.7, dash: [4, 2] } },
  ];
}

function empirical({ levels }: CoverageCurve, stroke: string): Mark {
  const sorted = Float64Array.from(levels).sort();
  const x = [0];
  const y = [0];
  sorted.forEach((level, i) => {
    x.push(level, level);
    y.push(i / sorted.length, (i + 1) / sorted.length);
  });
  return { kind: "line", x: [...x, 1], y: [...y, 1], paint: { stroke, width: 1.1 } };
}
