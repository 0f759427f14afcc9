import { bottomMargin, leftMargin } from "./axes.ts";
import { INK, seriesColor } from "./palette.ts";
import type { Axis, LegendEntry, Mark, Numbers, Paint, Scene } from "./scene.ts";
import { extent, padded, requireSeries } from "./series.ts";

export interface HistogramOptions {
  readonly sets: readonly { readonly label: string; readonly values: Numbers }[];
  /** Of the horizontal axis. Rich text. */
  readonly label: string;
  /** What one entry is. Default "spectra". */
  readonly unit?: string;
  readonly bins?: number;
  /** Values above the upper end are counted in the last bin, and the axis says so. Default: all. */
  readonly range?: readonly [number, number];
  /** A value marked by a line, and its name. */
  readonly marked?: { readonly at: number; readonly label: string };
  /** Of the numbers: "log" shows tails. Default "linear". */
  readonly scale?: "linear" | "log";
  readonly width?: number;
  readonly title?: string;
}

/** Overlaid histograms of several samples on common bins. */
export function histogram(options: HistogramOptions): Scene {
  const { sets, label, unit = "spectra", bins = 40, marked, scale = "linear", width = 400 } = options;
  for (const { label: name, values } of sets) requireSeries("histogram", name, values, values.length);
  const all = extent(...sets.map(({ values }) => values), marked ? [marked.at] : []);
  const [low, high] = options.range ?? padded(all, 0.02);
  const step = (high - low) / bins;
  const edges = Array.from({ length: bins + 1 }, (_, i) => low + i * step);
  const heights = sets.map(({ values }) => counted(values, low, step, bins));
  const most = Math.max(1, ...heights.flat());
  const tailed = options.range !== undefined && all[1] > high;
  const domain = scale === "log" ? ([0.7, most * 1.6] as const) : ([0, most * 1.12] as const);
  const yAxis: Axis = { scale, domain, label: `Number of ${unit}`, labels: "plain" };
  const xAxis: Axis = {
    scale: "linear",
    domain: [low, high],
    label: tailed ? `${label} (last bin: all above)` : label,
  };
  const left = leftMargin(yAxis, 180);
  const height = Math.round(width * 0.52);
  const paints = sets.map((_, s): Paint => paintOf(s));
  const entries: LegendEntry[] = sets.map((set, s) => ({
    text: set.label,
    paint: paints[s],
    symbol: s === 0 ? "area" : "line",
  }));
  const marks = heights.map(
    (y, s): Mark => ({
      kind: "steps",
      low: edges.slice(0, -1),
      high: edges.slice(1),
      y: y.map((n) => Math.max(n, 1e-3)),
      ...(s === 0 && { base: 0.01 }),
      paint: paints[s],
    }),
  );
  if (marked) {
    const paint = { stroke: INK, width: 1, dash: [4, 2] };
    marks.push({ kind: "rule", x: marked.at, paint });
    entries.push({ text: marked.label, paint, symbol: "line" });
  }
  return {
    width,
    height: 10 + height + bottomMargin(),
    title: options.title ?? "Histogram",
    description: sets.map((set) => `${set.label}: ${set.values.length} ${unit}`).join("; "),
    panels: [{ x: left, y: 10, width: width - left - 10, height, xAxis, yAxis, marks, legend: { entries } }],
  };
}

/** The first set is an area, the others are lines of different dashes. */
function paintOf(s: number): Paint {
  const color = seriesColor(s);
  if (s === 0) return { stroke: color, width: 1, fill: color, opacity: 0.45 };
  return { stroke: color, width: 1.2, ...(s > 1 && { dash: s === 2 ? [4, 2] : [1.5, 1.5] }) };
}

function counted(values: Numbers, low: number, step: number, bins: number): number[] {
  const out = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++)
    if (values[i] >= low) out[Math.min(bins - 1, Math.floor((values[i] - low) / step))]++;
  return out;
}
