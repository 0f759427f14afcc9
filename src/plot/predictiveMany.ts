import { bottomMargin, leftMargin } from "./axes.ts";
import { seriesColor } from "./palette.ts";
import { predictiveBands } from "./predictive.ts";
import type { Axis, Mark, Numbers, Scene } from "./scene.ts";
import { positiveExtent } from "./series.ts";

export interface PredictiveManyOptions {
  /** keV (C). */
  readonly energyLow: Numbers;
  readonly energyHigh: Numbers;
  /** Seconds (C). */
  readonly scale: Numbers;
  /** Simulated counts, row-major (N, C). */
  readonly simulated: Numbers;
  /** Several observed spectra (C each). */
  readonly observed: readonly Numbers[];
  /** What the simulations were drawn from, for the legend. */
  readonly from: string;
  readonly width?: number;
}

/** Predictive check of several spectra at once: each as a thin line over the range of the simulated ones (all, 95 %, median). */
export function predictiveMany(options: PredictiveManyOptions): Scene {
  const { energyLow, energyHigh, scale, observed, from, width = 400 } = options;
  const bands = predictiveBands({ ...options, observed: observed[0] });
  const toRate = (values: Numbers) =>
    Array.from(values, (value, c) => value / scale[c] / (energyHigh[c] - energyLow[c]));
  const centres = Array.from(energyLow, (low, c) => Math.sqrt(low * energyHigh[c]));
  const bins = { low: energyLow, high: energyHigh };
  const color = seriesColor(0);
  const all = { fill: color, opacity: 0.16 };
  const outer = { fill: color, opacity: 0.28 };
  const line = { stroke: seriesColor(1), width: 0.5, opacity: 0.7 };
  const median = { stroke: color, width: 1.1 };
  const marks: Mark[] = [
    { kind: "stepBand", ...bins, lower: toRate(bands.least), upper: toRate(bands.most), paint: all },
    { kind: "stepBand", ...bins, lower: toRate(bands.lower95), upper: toRate(bands.upper95), paint: outer },
    ...observed.map((counts): Mark => ({ kind: "line", x: centres, y: toRate(counts), paint: line })),
    { kind: "steps", ...bins, y: toRate(bands.median), paint: median },
  ];
  const floor = Math.min(...toRate(Array.from(scale, () => 0.7)));
  const most = Math.max(...toRate(bands.most));
  const xAxis: Axis = {
    scale: "log",
    domain: positiveExtent(energyLow, energyHigh),
    label: "Energy (keV)",
    labels: "plain",
  };
  const yAxis: Axis = { scale: "log", domain: [floor, most * 2], label: "Counts s^{\u22121} keV^{\u22121}" };
  const left = leftMargin(yAxis, 200);
  const height = Math.round(width * 0.58);
  const entries = [
    { text: `${observed.length} spectra`, paint: line, symbol: "line" as const },
    { text: `${from}: median`, paint: median, symbol: "line" as const },
    { text: "95 %", paint: { fill: color, opacity: 0.44 }, symbol: "area" as const },
    { text: "all", paint: all, symbol: "area" as const },
  ];
  return {
    width,
    height: 10 + height + bottomMargin(),
    title: `Predictive check of the ${from}`,
    description: `Range of ${bands.simulations} spectra simulated from the ${from}, and ${observed.length} observed ones.`,
    panels: [{ x: left, y: 10, width: width - left - 10, height, xAxis, yAxis, marks, legend: { entries } }],
  };
}
