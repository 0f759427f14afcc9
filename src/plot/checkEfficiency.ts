import { quantiles } from "../math/quantile.ts";
import { type GridPanel, panelGrid } from "./checkGrid.ts";
import { INK, seriesColor } from "./palette.ts";
import type { Mark, Numbers, Scene } from "./scene.ts";
import { extent, padded, positiveExtent, requireSeries } from "./series.ts";

export interface CheckEfficiencyOptions {
  /** ESS / M of importance sampling, one a test spectrum (N), and whether it can be relied on. */
  readonly efficiency: Numbers;
  readonly reliable: readonly boolean[];
  /** What the spectra are laid out by. */
  readonly by: readonly {
    readonly label: string;
    readonly logarithmic: boolean;
    /** (N). */
    readonly values: Numbers;
  }[];
}

/** Efficiency of importance sampling over test spectra, with the median of neighbours, and those that it fails for. */
export function checkEfficiency({ efficiency, reliable, by }: CheckEfficiencyOptions): Scene {
  const n = efficiency.length;
  requireSeries("efficiency", "efficiency", efficiency, n);
  const all = Array.from({ length: n }, (_, i) => i);
  const good = all.filter((i) => reliable[i]);
  const bad = all.filter((i) => !reliable[i]);
  const paints = {
    good: { fill: seriesColor(0), opacity: 0.5 },
    bad: { fill: seriesColor(1) },
    median: { stroke: INK, width: 1.2 },
  };
  const panels = by.map(({ label, logarithmic, values }): GridPanel => {
    requireSeries("efficiency", label, values, n);
    const points = (which: readonly number[], paint: { fill: string }): Mark => ({
      kind: "points",
      x: which.map((i) => values[i]),
      y: which.map((i) => efficiency[i]),
      radius: 1.2,
      paint,
    });
    return {
      xAxis: {
        scale: logarithmic ? "log" : "linear",
        domain: logarithmic ? widened(positiveExtent(values)) : padded(extent(values)),
        label,
        count: 4,
      },
      yAxis: { scale: "linear", domain: [0, 1.02], label: "Efficiency", count: 5 },
      marks: [points(good, paints.good), points(bad, paints.bad), medians(values, efficiency, paints.median)],
    };
  });
  const entries = [
    { text: "reliable", paint: paints.good, symbol: "dot" as const },
    { text: "not reliable", paint: paints.bad, symbol: "dot" as const },
    { text: "running median", paint: paints.median, symbol: "line" as const },
  ];
  return panelGrid({
    title: "Efficiency of importance sampling",
    description: `Efficiency over ${n} test spectra; ${bad.length} of them cannot be relied on.`,
    ...{ panels, columns: 3, aspect: 0.8, entries },
  });
}

function widened([lo, hi]: readonly [number, number]): [number, number] {
  const factor = Math.max(1.02, (hi / lo) ** 0.04);
  return [lo / factor, hi * factor];
}

/** Median of the efficiency among every fifteenth part of the spectra. */
function medians(values: Numbers, efficiency: Numbers, paint: { stroke: string; width: number }): Mark {
  const order = Array.from(values, (_, i) => i).sort((i, j) => values[i] - values[j]);
  const parts = Math.max(1, Math.min(15, Math.floor(order.length / 10)));
  const groups = Array.from({ length: parts }, (_, p) =>
    order.slice(Math.round((p * order.length) / parts), Math.round(((p + 1) * order.length) / parts)),
  );
  const median = (source: Numbers, group: readonly number[]) =>
    quantiles(
      group.map((i) => source[i]),
      [0.5],
    )[0];
  return {
    kind: "line",
    x: groups.map((group) => median(values, group)),
    y: groups.map((group) => median(efficiency, group)),
    paint,
  };
}
