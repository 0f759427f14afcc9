import { bottomMargin, leftMargin } from "./axes.ts";
import { limitBars } from "./limitBars.ts";
import { fixed } from "./numberText.ts";
import { GREY, INK, seriesColor } from "./palette.ts";
import { readableRebin } from "./readableRebin.ts";
import { type Rebin, rebinText } from "./rebin.ts";
import type { Axis, LegendEntry, Mark, Paint, Panel, Scene } from "./scene.ts";
import { extent, padded, positiveExtent } from "./series.ts";
import { check, drawnBins, rateLabel, type SpectrumSeries, type View, view } from "./spectrumView.ts";
import { statisticName } from "./statisticName.ts";

export type { SpectrumSeries } from "./spectrumView.ts";

export interface SpectrumOptions {
  readonly series: readonly SpectrumSeries[];
  /** Shown above the figure. Rich text. */
  readonly heading?: string;
  readonly statistic?: {
    readonly name: string;
    readonly value: number;
    readonly bins: number;
    readonly expected?: number;
    readonly expectedSd?: number;
    /** Sigma. */
    readonly deviation?: number;
  };
  /** Panel below: (data - model)/error, data/model, or none. Default "delta". */
  readonly residuals?: "delta" | "ratio" | "none";
  /** When neighbouring bins are drawn as one (display only; the legend says so); `{}` never. Default: see `readableRebin`. */
  readonly rebin?: Rebin;
  readonly width?: number;
  readonly title?: string;
}

/**
 * Counts/s/keV against energy with the folded model as steps and the posterior's 68 % band, both axes logarithmic; below
 * it the residuals in units of the error. Where a background is given, it is taken off the counts, its error added to theirs, and the model is the source's,
 * as in XSPEC. Bins in which nothing is left are drawn as upper limits one error above what was found.
 */
export function spectrum(options: SpectrumOptions): Scene {
  const { series, residuals = "delta", width = 400, rebin = readableRebin(series) } = options;
  for (const one of series) check(one);
  const views = series.map((one, i) =>
    view(drawnBins(one, rebin), one, series.length === 1 ? INK : seriesColor(i)),
  );
  const energy = positiveExtent(...views.flatMap(({ low, high }) => [low, high]));
  const xAxis: Axis = { scale: "log", domain: energy, label: "Energy (keV)", labels: "plain" };
  const rate: Axis = { scale: "log", domain: rateDomain(views), label: rateLabel(series) };
  const residual = residualAxis(views, residuals);
  const left = Math.max(leftMargin(rate, 200), leftMargin(residual, 80));
  const place = { x: left, width: width - left - 10 };
  const title = heading(options);
  const top = title === "" ? 10 : 22;
  const height = Math.round(width * 0.52);
  const lower = residuals === "none" ? 0 : Math.round(width * 0.2);
  const upper: Panel = {
    ...place,
    y: top,
    height,
    xAxis: lower > 0 ? { scale: "log", domain: energy, labels: "plain", tickLabels: false } : xAxis,
    yAxis: rate,
    marks: views.flatMap(rateMarks),
    legend: { entries: legendEntries(series, views, rebin, rate.domain[0]) },
    titleAnchor: "start",
    ...(title === "" ? {} : { title: [title], titleSize: 8.5 }),
  };
  const marks = [...views.flatMap((one) => residualMarks(one, residuals)), level(residuals, views)];
  const below: Panel = { ...place, y: top + height + 5, height: lower, xAxis, yAxis: residual, marks };
  return {
    width,
    height: top + height + (lower > 0 ? lower + 5 : 0) + bottomMargin(),
    title: options.title ?? "Spectrum with folded model",
    description: describe(options),
    panels: lower > 0 ? [upper, below] : [upper],
  };
}

/** Holds the data with their errors, and the model down to a tenth of the faintest point. */
function rateDomain(views: readonly View[]): [number, number] {
  let lo = Number.POSITIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  let hi = 0;
  for (const { counts, model, unit, error } of views) {
    for (let i = 0; i < unit.length; i++) {
      if (model[i] > 0) lo = Math.min(lo, model[i] / unit[i]);
      // A point whose error reaches far below zero has no say in where the axis begins.
      if (counts[i] > 0.4 * error[i])
        least = Math.min(least, Math.max(counts[i] / 3, counts[i] - error[i]) / unit[i]);
      hi = Math.max(hi, (counts[i] + error[i]) / unit[i], model[i] / unit[i]);
    }
  }
  if (!(hi > 0)) return [0.1, 10];
  lo = Math.max(Math.min(lo, least), Math.min(least / 10, hi / 100), hi * 1e-6);
  // Room for the background, and below it for the legend.
  const behind = Math.max(...views.flatMap(({ background }) => background?.rate ?? []));
  if (behind > 0) lo = Math.max(Math.min(lo, behind / 12), hi * 1e-5);
  return lo < hi ? [lo * 0.7, hi * 1.4] : [hi / 10, hi * 10];
}

function rates(values: readonly number[], { unit }: View): number[] {
  return values.map((value, i) => value / unit[i]);
}

function rateMarks(one: View): Mark[] {
  const { low, high } = one;
  const bins = { low, high };
  const marks: Mark[] = [];
  if (one.lower && one.upper) {
    const band = { lower: rates(one.lower, one), upper: rates(one.upper, one) };
    marks.push({ kind: "stepBand", ...bins, ...band, paint: { fill: one.modelColor, opacity: 0.3 } });
  }
  for (const { model, color } of one.components) {
    marks.push({
      kind: "steps",
      ...bins,
      y: rates(model, one),
      paint: { stroke: color, width: 0.8, dash: [4, 2] },
    });
  }
  if (one.background) {
    const paint = { stroke: GREY, width: 0.7, dash: [1.5, 1.5] };
    const { low, high, rate } = one.background;
    marks.push({ kind: "steps", low, high, y: rate, paint });
  }
  marks.push(...upperLimits(one), dataPoints(one));
  marks.push({
    kind: "steps",
    ...bins,
    y: rates(one.model, one),
    paint: { stroke: one.modelColor, width: 1 },
  });
  return marks;
}

/** Bins with counts. */
function dataPoints({ low, high, counts, error, unit, color }: View): Mark {
  const shown = counts.map((n, i) => (n > 0 ? i : -1)).filter((i) => i >= 0);
  return {
    kind: "points",
    x: shown.map((i) => Math.sqrt(low[i] * high[i])),
    y: shown.map((i) => counts[i] / unit[i]),
    xLow: shown.map((i) => low[i]),
    xHigh: shown.map((i) => high[i]),
    yLow: shown.map((i) => (counts[i] - error[i]) / unit[i]),
    yHigh: shown.map((i) => (counts[i] + error[i]) / unit[i]),
    radius: shown.length > 60 ? 0.9 : 1.4,
    paint: { stroke: color, fill: color },
    bars: errorBars(color, shown.length),
  };
}

/** Crowded error bars are drawn lighter than the points. */
function errorBars(color: string, points: number): Paint {
  return points > 60 ? { stroke: color, width: 0.5, opacity: 0.55 } : { stroke: color, width: 0.6 };
}

/** Bins in which nothing is left: a thin bar over the bin, an error above what was found. */
function upperLimits(one: View): Mark[] {
  const { low, high, counts, error, unit } = one;
  const empty = counts.map((n, i) => (n > 0 || n + error[i] <= 0 ? -1 : i)).filter((i) => i >= 0);
  if (empty.length === 0) return [];
  const y = empty.map((i) => (counts[i] + error[i]) / unit[i]);
  return [
    {
      kind: "points",
      x: empty.map((i) => Math.sqrt(low[i] * high[i])),
      ...limitBars(empty, y, one),
    },
  ];
}

function residualOf(value: number, i: number, one: View, kind: string): number {
  if (kind === "ratio") return one.model[i] > 0 ? value / one.model[i] : 1;
  return (value - one.model[i]) / one.error[i];
}

function residualMarks(one: View, kind: string): Mark[] {
  const { low, high, counts, lower, upper, error } = one;
  const marks: Mark[] = [];
  if (lower && upper) {
    const band = {
      lower: lower.map((value, i) => residualOf(value, i, one, kind)),
      upper: upper.map((value, i) => residualOf(value, i, one, kind)),
    };
    marks.push({ kind: "stepBand", low, high, ...band, paint: { fill: one.modelColor, opacity: 0.3 } });
  }
  marks.push({
    kind: "points",
    x: low.map((value, i) => Math.sqrt(value * high[i])),
    y: counts.map((n, i) => residualOf(n, i, one, kind)),
    xLow: low,
    xHigh: high,
    yLow: counts.map((n, i) => residualOf(n - error[i], i, one, kind)),
    yHigh: counts.map((n, i) => residualOf(n + error[i], i, one, kind)),
    radius: counts.length > 60 ? 0.9 : 1.4,
    paint: { stroke: one.color, fill: one.color },
    bars: errorBars(one.color, counts.length),
  });
  return marks;
}

function level(kind: string, views: readonly View[]): Mark {
  const stroke = views.length === 1 ? views[0].modelColor : INK;
  return { kind: "rule", y: kind === "ratio" ? 1 : 0, paint: { stroke, width: 0.9 } };
}

function residualAxis(views: readonly View[], kind: string): Axis {
  const values = views.flatMap((one) => one.counts.map((n, i) => residualOf(n, i, one, kind)));
  if (kind === "ratio")
    return { scale: "linear", domain: padded(extent(values), 0.15), label: "Data / model" };
  const reach = Math.max(2, ...values.map(Math.abs)) + 1.2;
  return { scale: "linear", domain: [-reach, reach], label: "\u0394\u03c7 (\u03c3)", count: 5 };
}

function legendEntries(
  series: readonly SpectrumSeries[],
  views: readonly View[],
  rebin: Rebin,
  floor: number,
): LegendEntry[] {
  const entries: LegendEntry[] = [];
  const text = rebinText(rebin);
  const joined = text === "" ? "" : `, ${text}`;
  views.forEach((one, i) => {
    const paint = { stroke: one.color, fill: one.color };
    const net = one.background ? " less background" : "";
    entries.push({ text: `${series[i].label}${net}${joined}`, paint, symbol: "point" });
  });
  const [first] = views;
  if (views.length === 1) {
    const band = first.lower ? "model, 68 % band" : "model";
    const fill = first.lower ? { fill: first.modelColor, opacity: 0.3 } : {};
    const symbol = first.lower ? "area" : "line";
    entries.push({ text: band, paint: { stroke: first.modelColor, ...fill }, symbol });
  }
  // Components have the same colour in every spectrum.
  for (const [k, { label, color }] of first.components.entries()) {
    const shown = views.some(({ components, unit }) =>
      components[k]?.model.some((value, c) => value / unit[c] > floor),
    );
    if (shown) entries.push({ text: label, paint: { stroke: color, dash: [4, 2] }, symbol: "line" });
  }
  if (views.some(({ background }) => background))
    entries.push({ text: "background", paint: { stroke: GREY, dash: [1.5, 1.5] }, symbol: "line" });
  return entries;
}

function statisticText({ statistic }: SpectrumOptions): string {
  if (!statistic) return "";
  const { name, value, bins, expected, expectedSd, deviation } = statistic;
  const parts = [`${statisticName(name)} = ${fixed(value, 1)} in ${bins} bins`];
  if (expected !== undefined && expectedSd !== undefined) {
    parts.push(`expected ${fixed(expected, 1)} \u00b1 ${fixed(expectedSd, 1)}`);
  }
  if (deviation !== undefined) parts.push(`deviation ${fixed(deviation, 1)} \u03c3`);
  return parts.join(", ");
}

function heading(options: SpectrumOptions): string {
  return [options.heading ?? "", statisticText(options)].filter((part) => part !== "").join("   ");
}

function describe(options: SpectrumOptions): string {
  const names = options.series.map((one) => `${one.label} (${one.counts.length} bins)`).join(", ");
  const statistic = statisticText(options);
  return `Count rates of ${names} with the folded model and residuals${statistic ? `; ${statistic}` : ""}.`;
}
