import { type GridPanel, panelGrid } from "./checkGrid.ts";
import { INK, seriesColor } from "./palette.ts";
import type { Mark, Numbers, Scene } from "./scene.ts";
import { requireSeries } from "./series.ts";

export interface RankHistogramsOptions {
  /** Ranks or levels in [0, 1], one a test spectrum. */
  readonly tests: readonly { readonly symbol: string; readonly values: Numbers }[];
  readonly bins?: number;
}

/**
 * Histograms of ranks, flat for a calibrated posterior. Grey: 99 % of the bins of one lie there (binomial, normal approximation). A hump: too
 * wide; a hollow: too narrow; a slope: biased.
 */
export function rankHistograms({ tests, bins = 10 }: RankHistogramsOptions): Scene {
  const panels = tests.map(({ symbol, values }): GridPanel => {
    requireSeries("rank histograms", symbol, values, values.length);
    const n = values.length;
    const counts = new Array<number>(bins).fill(0);
    for (let i = 0; i < n; i++) counts[Math.min(bins - 1, Math.floor(values[i] * bins))]++;
    const mean = n / bins;
    const half = 2.576 * Math.sqrt(mean * (1 - 1 / bins));
    const low = counts.map((_, b) => b / bins);
    const high = counts.map((_, b) => (b + 1) / bins);
    const band: Mark = {
      kind: "rect",
      x: [0, 1],
      y: [mean - half, mean + half],
      paint: { fill: INK, opacity: 0.1 },
    };
    const paint = { stroke: seriesColor(0), fill: seriesColor(0), opacity: 0.35 };
    return {
      xAxis: { scale: "linear", domain: [0, 1], label: "Rank", count: 5 },
      yAxis: { scale: "linear", domain: [0, 1.15 * Math.max(mean + half, ...counts)], count: 5 },
      marks: [
        band,
        { kind: "steps", low, high, y: counts, base: 0, paint },
        { kind: "rule", y: mean, paint: { stroke: INK, width: 0.7, dash: [4, 2] } },
      ],
      title: [symbol],
    };
  });
  return panelGrid({
    title: "Ranks of the true values",
    description: `Histograms of ranks in ${bins} bins: ${tests.map(({ symbol }) => symbol).join(", ")}.`,
    panels,
    columns: 3,
    aspect: 0.75,
  });
}
