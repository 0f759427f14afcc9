import { quantiles } from "../math/quantile.ts";
import { bottomMargin, leftMargin } from "./axes.ts";
import { INK, seriesColor } from "./palette.ts";
import { joinBins, type Rebin, rebinText } from "./rebin.ts";
import type { Axis, LegendEntry, Mark, Numbers, Panel, Scene } from "./scene.ts";
import { extent, positiveExtent, requireSeries } from "./series.ts";

export interface PredictiveOptions {
  /** keV (C). */
  readonly energyLow: Numbers;
  readonly energyHigh: Numbers;
  /** Seconds (C): rate = counts / scale / (energyHigh - energyLow). */
  readonly scale: Numbers;
  /** Simulated counts, row-major (N, C). */
  readonly simulated: Numbers;
  /** Observed counts (C). */
  readonly observed: Numbers;
  /** What the simulations were drawn from, for the legend. Default "prior". */
  readonly from?: string;
  readonly width?: number;
}

/**
 * Predictive check: observed spectrum over the range of the simulated ones (all, 95 %, 68 %, median). Bins in which
 * the observation lies outside every simulation are marked and counted above the figure. Where there are more than 150 bins, neighbours are joined
 * for display, observed and simulated counts alike.
 */
export function predictive(given: PredictiveOptions): Scene {
  const { from = "prior", width = 400 } = given;
  const rule = readable(given);
  const options = joined(given, rule);
  const { observed } = options;
  const bands = predictiveBands(options);
  const outside = binsOutside(bands, observed);
  const toRate = (values: Numbers) => rates(values, options);
  const xAxis: Axis = {
    scale: "log",
    domain: positiveExtent(options.energyLow, options.energyHigh),
    label: "Energy (keV)",
    labels: "plain",
  };
  const yAxis: Axis = {
    scale: "log",
    domain: rateDomain(
      [bands.median, bands.most, observed].map(toRate),
      toRate(Array.from(observed, () => 0.7)),
    ),
    label: "Counts s^{\u22121} keV^{\u22121}",
  };
  const left = leftMargin(yAxis, 200);
  const height = Math.round(width * 0.58);
  const title = `${outside.length} of ${observed.length} ${rule === undefined ? "" : "joined "}bins outside all ${bands.simulations} simulations`;
  const panel: Panel = {
    x: left,
    y: 22,
    width: width - left - 10,
    height,
    xAxis,
    yAxis,
    marks: marksOf(options, bands, outside),
    title: [title],
    titleSize: 8.5,
    titleAnchor: "start",
    legend: { entries: legendEntries(from, outside.length > 0, rule) },
  };
  return {
    width,
    height: 22 + height + bottomMargin(),
    title: `Predictive check of the ${from}`,
    description: `Range of ${bands.simulations} spectra simulated from the ${from} and the observed spectrum; ${title}.`,
    panels: [panel],
  };
}

/** Bins that a figure of this width shows apart. */
const READABLE = 150;

function readable({ observed }: PredictiveOptions): Rebin | undefined {
  if (observed.length <= READABLE) return undefined;
  const total = Array.from(observed).reduce((sum, n) => sum + n, 0);
  const counts = Math.max(1, Math.ceil((1.5 * total) / READABLE));
  return { counts, most: Math.ceil(observed.length / 25) };
}

/** Counts of joined bins; the rates of a joined bin are those of its mean exposure. */
function joined(options: PredictiveOptions, rule: Rebin | undefined): PredictiveOptions {
  if (rule === undefined) return options;
  const { observed, simulated, scale, energyLow, energyHigh } = options;
  const C = observed.length;
  const starts = joinBins({ energyLow, energyHigh, counts: observed }, rule);
  const bins = starts.slice(0, -1);
  const total = (values: Numbers, from: number) =>
    bins.map((first, k) => {
      let sum = 0;
      for (let c = first; c < starts[k + 1]; c++) sum += values[from + c];
      return sum;
    });
  const rows = Math.floor(simulated.length / C);
  return {
    ...options,
    energyLow: bins.map((first) => energyLow[first]),
    energyHigh: bins.map((_, k) => energyHigh[starts[k + 1] - 1]),
    scale: total(scale, 0).map((sum, k) => sum / (starts[k + 1] - bins[k])),
    observed: total(observed, 0),
    simulated: Float64Array.from(Array.from({ length: rows }, (_, n) => total(simulated, n * C)).flat()),
  };
}

export interface PredictiveBands {
  readonly simulations: number;
  readonly least: Float64Array;
  readonly most: Float64Array;
  readonly lower95: Float64Array;
  readonly upper95: Float64Array;
  readonly lower68: Float64Array;
  readonly upper68: Float64Array;
  readonly median: Float64Array;
}

/** Quantiles of the simulated counts in every bin (C). */
export function predictiveBands({
  simulated,
  observed,
  energyLow,
  energyHigh,
  scale,
}: PredictiveOptions): PredictiveBands {
  const bins = observed.length;
  requireSeries("predictive", "observed", observed, bins);
  requireSeries("predictive", "energyLow", energyLow, bins);
  requireSeries("predictive", "energyHigh", energyHigh, bins);
  requireSeries("predictive", "scale", scale, bins);
  const simulations = Math.floor(simulated.length / bins);
  requireSeries("predictive", "simulated", simulated, simulations * bins);
  const levels = [0, 0.025, 0.1587, 0.5, 0.8413, 0.975, 1];
  const rows = levels.map(() => new Float64Array(bins));
  const column = new Float64Array(simulations);
  for (let c = 0; c < bins; c++) {
    for (let n = 0; n < simulations; n++) column[n] = simulated[n * bins + c];
    quantiles(column, levels).forEach((value, level) => {
      rows[level][c] = value;
    });
  }
  const [least, lower95, lower68, median, upper68, upper95, most] = rows;
  return { simulations, least, most, lower95, upper95, lower68, upper68, median };
}

/** Bins whose observed counts lie below or above every simulation. */
export function binsOutside({ least, most }: PredictiveBands, observed: Numbers): number[] {
  return Array.from(observed, (_, c) => c).filter((c) => observed[c] < least[c] || observed[c] > most[c]);
}

function rates(values: Numbers, { energyLow, energyHigh, scale }: PredictiveOptions): number[] {
  return Array.from(values, (value, c) => value / scale[c] / (energyHigh[c] - energyLow[c]));
}

/** From the smallest positive rate (at least that of most of a count) to the largest. */
function rateDomain(series: readonly number[][], floor: readonly number[]): [number, number] {
  const positive = series.flat().filter((value) => value > 0);
  const [least] = extent(floor);
  const hi = positive.length > 0 ? Math.max(...extent(positive)) : least * 10;
  const lo = positive.length > 0 ? Math.max(extent(positive)[0], least) : least;
  return [Math.min(lo * 0.5, hi / 10), hi * 2];
}

const COLOR = seriesColor(0);
const PAINTS = {
  all: { fill: COLOR, opacity: 0.15 },
  outer: { fill: COLOR, opacity: 0.25 },
  inner: { fill: COLOR, opacity: 0.4 },
  median: { stroke: COLOR, width: 1 },
  observed: { stroke: INK, fill: INK, width: 0.8 },
  outside: { stroke: seriesColor(1), fill: seriesColor(1) },
} as const;

function marksOf(options: PredictiveOptions, bands: PredictiveBands, outside: readonly number[]): Mark[] {
  const bins = { low: options.energyLow, high: options.energyHigh };
  const toRate = (values: Numbers) => rates(values, options);
  const band = (lower: Numbers, upper: Numbers, paint: { fill: string; opacity: number }): Mark => ({
    kind: "stepBand",
    ...bins,
    lower: toRate(lower),
    upper: toRate(upper),
    paint,
  });
  const observed = toRate(options.observed);
  return [
    band(bands.least, bands.most, PAINTS.all),
    band(bands.lower95, bands.upper95, PAINTS.outer),
    band(bands.lower68, bands.upper68, PAINTS.inner),
    { kind: "steps", ...bins, y: toRate(bands.median), paint: PAINTS.median },
    { kind: "steps", ...bins, y: observed, paint: PAINTS.observed },
    {
      kind: "points",
      x: outside.map((c) => Math.sqrt(bins.low[c] * bins.high[c])),
      y: outside.map((c) => observed[c]),
      radius: 2.2,
      paint: PAINTS.outside,
    },
  ];
}

function legendEntries(from: string, outside: boolean, rule: Rebin | undefined): LegendEntry[] {
  const text = rule === undefined ? "observed" : `observed, ${rebinText(rule)}`;
  const entries: LegendEntry[] = [
    { text, paint: PAINTS.observed, symbol: "line" },
    { text: `${from}: median`, paint: PAINTS.median, symbol: "line" },
    { text: "68 %", paint: { fill: COLOR, opacity: 0.65 }, symbol: "area" },
    { text: "95 %", paint: { fill: COLOR, opacity: 0.36 }, symbol: "area" },
    { text: "all", paint: PAINTS.all, symbol: "area" },
  ];
  if (outside) entries.push({ text: "outside all", paint: PAINTS.outside, symbol: "dot" });
  return entries;
}
