import { InputError } from "../errors.ts";
import { bottomMargin, leftMargin } from "./axes.ts";
import { GREY, INK, seriesColor } from "./palette.ts";
import type { Axis, Mark, Numbers, Panel, Scene } from "./scene.ts";
import { padded, requireSeries } from "./series.ts";

/** One quantity along the axis of time. */
export interface TimelinePanel {
  /** Rich text. */
  readonly label: string;
  /** One value a spectrum (N). */
  readonly value: Numbers;
  /** Ends of the error bars (N). */
  readonly low?: Numbers;
  readonly high?: Numbers;
  readonly scale?: "linear" | "log";
  /** Values at which a line is drawn across. */
  readonly rules?: readonly number[];
}

export interface TimelineOptions {
  /** Begin and end of each spectrum (N), or its number twice. */
  readonly from: Numbers;
  readonly to: Numbers;
  readonly timeLabel: string;
  /** Top to bottom. */
  readonly panels: readonly TimelinePanel[];
  readonly title?: string;
  readonly width?: number;
}

const HEIGHT = 78;
const GAP = 4;
const TOP = 10;
/** Spectra above which points are dots without bars of time. */
const MANY = 150;

/**
 * Evolution of quantities from spectrum to spectrum, as papers show time-resolved spectroscopy: one panel each on a common axis, points at the
 * middle of each spectrum with its duration and the error bars. Values that are not finite are left out.
 */
export function timeline(options: TimelineOptions): Scene {
  const { from, to, timeLabel, panels, title = "Evolution", width = 420 } = options;
  const n = from.length;
  requireSeries("timeline", "begin", from, n);
  requireSeries("timeline", "end", to, n);
  for (const { label, value, low = value, high = value } of panels)
    for (const series of [value, low, high])
      if (series.length !== n)
        throw new InputError(`timeline figure: ${n} values of "${label}" expected, ${series.length} found`);
  const domain = padded(range([from, to]), 0.03);
  const axes = panels.map(valueAxis);
  const left = Math.max(...axes.map((axis) => leftMargin(axis, HEIGHT)));
  const drawn = panels.map((panel, p): Panel => {
    const last = p === panels.length - 1;
    return {
      x: left,
      y: TOP + p * (HEIGHT + GAP),
      width: width - left - 10,
      height: HEIGHT,
      xAxis: { scale: "linear", domain, ...(last ? { label: timeLabel } : { tickLabels: false }) },
      yAxis: axes[p],
      marks: marks(panel, options, p),
    };
  });
  return {
    width,
    height: TOP + panels.length * (HEIGHT + GAP) - GAP + bottomMargin(),
    title,
    description: `${panels.map(({ label }) => label).join(", ")} of ${n} spectra.`,
    panels: drawn,
  };
}

function marks(
  { value, low, high, scale, rules = [] }: TimelinePanel,
  { from, to }: TimelineOptions,
  p: number,
): Mark[] {
  const shown = Array.from(value, (_, i) => i).filter(
    (i) => Number.isFinite(value[i]) && (scale !== "log" || value[i] > 0),
  );
  const pick = (series: Numbers) => Float64Array.from(shown, (i) => series[i]);
  const color = p === 0 ? INK : seriesColor(0);
  const bars = low !== undefined && high !== undefined;
  return [
    ...rules.map((y): Mark => ({ kind: "rule", y, paint: { stroke: GREY, width: 0.6, dash: [3, 2] } })),
    {
      kind: "points",
      x: Float64Array.from(shown, (i) => (from[i] + to[i]) / 2),
      y: pick(value),
      ...(shown.length <= MANY && { xLow: pick(from), xHigh: pick(to) }),
      ...(bars && { yLow: pick(low), yHigh: pick(high) }),
      radius: shown.length > MANY ? 0.8 : 1.5,
      paint: { fill: color },
      bars: { stroke: color, width: 0.6 },
    },
  ];
}

function valueAxis({
  label,
  value,
  low = value,
  high = value,
  scale = "linear",
  rules = [],
}: TimelinePanel): Axis {
  const [least, most] = range([value, low, high, rules], scale === "log");
  if (scale === "log") {
    const room = (most / least) ** 0.1 || 1.1;
    return { scale, domain: [least / Math.max(room, 1.1), most * Math.max(room, 1.1)], label };
  }
  return { scale, domain: padded([least, most], 0.1), label, count: 4 };
}

/** Least and largest finite (positive) number; never empty. */
function range(all: readonly Numbers[], positive = false): [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const series of all)
    for (let i = 0; i < series.length; i++) {
      const v = series[i];
      if (!Number.isFinite(v) || (positive && !(v > 0))) continue;
      least = Math.min(least, v);
      most = Math.max(most, v);
    }
  if (least > most) return positive ? [0.5, 2] : [0, 1];
  if (least === most) return positive ? [least / 2, most * 2] : [least - 0.5, most + 0.5];
  return [least, most];
}
