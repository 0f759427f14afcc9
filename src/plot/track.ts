import { bottomMargin, leftMargin } from "./axes.ts";
import { INK, seriesColor } from "./palette.ts";
import type { Axis, LegendEntry, Mark, Numbers, Panel, Scene } from "./scene.ts";
import { extent, padded, positiveExtent, requireSeries } from "./series.ts";

export interface TrackSeries {
  readonly label: string;
  /** Times, and in each panel the values with the ends of their intervals; panels without values are skipped. */
  readonly time: Numbers;
  readonly panels: readonly (
    | { readonly value: Numbers; readonly low?: Numbers; readonly high?: Numbers }
    | undefined
  )[];
  /** A line in place of points (the truth). */
  readonly line?: boolean;
}

export interface TrackOptions {
  readonly panels: readonly { readonly label: string; readonly scale?: "linear" | "log" }[];
  readonly series: readonly TrackSeries[];
  readonly timeLabel: string;
  /** Points of neighbouring series are moved apart by this much. */
  readonly offset?: number;
  readonly width?: number;
  readonly title?: string;
}

const HEIGHT = 92;
const GAP = 5;

/** Evolution of several quantities, panels on a common axis of time: points with error bars, the truth as a line. */
export function track({
  panels,
  series,
  timeLabel,
  offset = 0,
  width = 400,
  title = "Track",
}: TrackOptions): Scene {
  for (const { label, time, panels: own } of series)
    for (const each of own) if (each) requireSeries("track", label, each.value, time.length);
  const domain = padded(extent(...series.map(({ time }) => time)), 0.04);
  const yAxes = panels.map((panel, p) => valueAxis(panel, p, series));
  const left = Math.max(...yAxes.map((axis) => leftMargin(axis, HEIGHT)));
  const entries = series.map((one, s) => legendEntry(one, s));
  const scenes = panels.map((_, p): Panel => {
    const last = p === panels.length - 1;
    const xAxis: Axis = { scale: "linear", domain, ...(last ? { label: timeLabel } : { tickLabels: false }) };
    const place = { x: left, y: 10 + p * (HEIGHT + GAP), width: width - left - 10, height: HEIGHT };
    const marks = series.flatMap((one, s) => seriesMarks(one, s, p, offset));
    return { ...place, xAxis, yAxis: yAxes[p], marks, ...(p === 0 && { legend: { entries } }) };
  });
  return {
    width,
    height: 10 + panels.length * (HEIGHT + GAP) - GAP + bottomMargin(),
    title,
    description: `Evolution of ${panels.map(({ label }) => label).join(", ")}: ${series.map(({ label }) => label).join(", ")}.`,
    panels: scenes,
  };
}

function valueAxis(
  { label, scale = "linear" }: TrackOptions["panels"][number],
  p: number,
  series: readonly TrackSeries[],
): Axis {
  const shown = series.flatMap(({ panels }) => {
    const each = panels[p];
    return each ? [each.value, each.low ?? each.value, each.high ?? each.value] : [];
  });
  if (scale === "linear")
    return { scale, domain: padded(extent(...shown), 0.12), label, count: 5, tight: true };
  const [low, high] = positiveExtent(...shown);
  return { scale, domain: [low / 1.25, high * 1.25], label, tight: true, labels: "plain" };
}

function legendEntry({ label, line }: TrackSeries, s: number): LegendEntry {
  if (line) return { text: label, paint: { stroke: INK, width: 0.9 }, symbol: "line" };
  return { text: label, paint: { stroke: seriesColor(s), fill: seriesColor(s) }, symbol: "point" };
}

function seriesMarks({ time, panels, line }: TrackSeries, s: number, p: number, offset: number): Mark[] {
  const each = panels[p];
  if (each === undefined) return [];
  const { value, low, high } = each;
  if (line) return [{ kind: "line", x: time, y: value, paint: { stroke: INK, width: 0.9 } }];
  const color = seriesColor(s);
  const x = Array.from(time, (t) => t + offset * s);
  const bars = low && high ? { yLow: low, yHigh: high } : {};
  return [
    {
      kind: "points",
      x,
      y: value,
      ...bars,
      radius: 1.7,
      paint: { stroke: color, fill: color },
      bars: { stroke: color, width: 0.8 },
    },
  ];
}
