import { bottomMargin, leftMargin } from "./axes.ts";
import { effectiveSize } from "./densityCurve.ts";
import { fixed } from "./numberText.ts";
import { GREY, INK, seriesColor } from "./palette.ts";
import type { Axis, Mark, Numbers, Panel, Scene } from "./scene.ts";
import { extent, padded, requireSeries } from "./series.ts";

export interface WeightsOptions {
  /** Importance weights of the draws (M), any normalisation; zeros are draws outside the prior. */
  readonly weights: Numbers;
  /** Pareto k of the largest weights, for the heading. */
  readonly paretoK?: number;
  readonly width?: number;
}

/**
 * Importance weights: their histogram in units of the mean (all at 1 for a perfect network), and the share of the
 * answer that the heaviest draws carry. Heading: effective draws (sum w)^2 / sum w^2, efficiency ESS/M, Pareto k.
 */
export function weights({ weights: values, paretoK, width = 440 }: WeightsOptions): Scene {
  requireSeries("weights", "weights", values, values.length);
  const total = Array.from(values).reduce((sum, w) => sum + w, 0);
  const relative = Float64Array.from(values, (w) => (total > 0 ? (w * values.length) / total : 0));
  const ess = effectiveSize(values);
  const parts = [
    `ESS ${fixed(ess, 0)} of ${values.length} draws (${fixed((100 * ess) / values.length, 1)} %)`,
  ];
  if (paretoK !== undefined) parts.push(`Pareto k = ${fixed(paretoK, 2)}`);
  const heading = parts.join(", ");
  const side = (width - 100) / 2;
  const place = { y: 24, width: side, height: side };
  const left = histogramPanel(relative);
  const right = sharePanel(relative);
  const x = leftMargin(left.yAxis, side);
  return {
    width,
    height: 24 + side + bottomMargin(),
    title: "Importance weights",
    description: `Histogram of the importance weights and share carried by the heaviest draws; ${heading}.`,
    panels: [
      { ...place, ...left, x },
      { ...place, ...right, x: width - side - 10 },
    ],
    notes: [{ kind: "text", x, y: 15, text: heading }],
  };
}

type Content = Pick<Panel, "xAxis" | "yAxis" | "marks" | "legend">;

function histogramPanel(relative: Float64Array): Content {
  const logs = Array.from(
    relative.filter((w) => w > 0),
    Math.log10,
  );
  const zeros = relative.length - logs.length;
  const [first, last] = logs.length > 0 ? extent(logs) : [0, 0];
  const [lo, hi] = padded([Math.max(first, last - 12), last], 0.02);
  const bins = 50;
  const counts = new Float64Array(bins);
  for (const value of logs)
    counts[Math.max(0, Math.min(bins - 1, Math.floor(((value - lo) / (hi - lo)) * bins)))]++;
  const edge = (i: number) => lo + ((hi - lo) * i) / bins;
  const low = Array.from(counts, (_, i) => edge(i));
  const high = Array.from(counts, (_, i) => edge(i + 1));
  const top = Math.max(1, ...counts) * 1.15;
  const paint = { stroke: seriesColor(0), fill: seriesColor(0), opacity: 0.35, width: 0.9 };
  const marks: Mark[] = [
    { kind: "steps", low, high, y: counts, base: 0, paint },
    { kind: "rule", x: 0, paint: { stroke: INK, width: 0.7, dash: [1.5, 1.5] } },
  ];
  if (zeros > 0) {
    marks.push({ kind: "text", space: "panel", x: 0.04, y: 0.92, text: `${zeros} of weight 0`, color: GREY });
  }
  return {
    xAxis: { scale: "linear", domain: [lo, hi], label: "log_{10} weight / mean" },
    yAxis: { scale: "linear", domain: [0, top], label: "Draws" },
    marks,
  };
}

function sharePanel(relative: Float64Array): Content {
  const sorted = relative.slice().sort().reverse();
  const n = sorted.length;
  const x: number[] = [];
  const y: number[] = [];
  let sum = 0;
  let next = 1;
  for (let i = 0; i < n; i++) {
    sum += sorted[i] / n;
    if (i + 1 < next && i + 1 < n) continue;
    x.push((i + 1) / n);
    y.push(sum);
    next = Math.max(i + 2, Math.ceil((i + 1) * 1.05));
  }
  const xAxis: Axis = {
    scale: "log",
    domain: [n > 1 ? 1 / n : 0.1, 1],
    label: "Share of draws, heaviest first",
  };
  const yAxis: Axis = { scale: "linear", domain: [0, 1.05], label: "Share of the weight" };
  const equal = { stroke: GREY, width: 0.8, dash: [4, 2] };
  const paint = { stroke: seriesColor(0), width: 1.1 };
  const legend = {
    entries: [
      { text: "this run", paint, symbol: "line" as const },
      { text: "equal weights", paint: equal, symbol: "line" as const },
    ],
  };
  return {
    xAxis,
    yAxis,
    legend,
    marks: [
      { kind: "line", x, y: x, paint: equal },
      { kind: "line", x, y, paint },
    ],
  };
}
