import { INK, seriesColor } from "./palette.ts";
import { joinBins, type Rebin } from "./rebin.ts";
import type { Numbers } from "./scene.ts";
import { requireSeries } from "./series.ts";

/** One observed spectrum with the folded model; arrays have one entry a bin (C). */
export interface SpectrumSeries {
  readonly label: string;
  /** keV. */
  readonly energyLow: Numbers;
  readonly energyHigh: Numbers;
  readonly counts: Numbers;
  /** Exposure (times area scaling) of each bin in seconds: rate = counts / scale / (energyHigh - energyLow). */
  readonly scale: Numbers;
  /** Factor in `scale` beside the exposure, AREASCAL, where it is not 1: the axis then says that rates are normalized. */
  readonly areaScaling?: number;
  /** Expected counts, without the background. */
  readonly model: Numbers;
  /** Expected counts between which the central 68 % of the posterior('s predictions) lie. */
  readonly band?: { readonly lower: Numbers; readonly upper: Numbers };
  /** Expected counts of single components. */
  readonly components?: readonly { readonly label: string; readonly model: Numbers }[];
  /** Background counts scaled to the source's region. With it counts less background are drawn, as in XSPEC. */
  readonly background?: Numbers;
  /** What the background's own counts were multiplied with (C); default 1. */
  readonly backgroundRatio?: Numbers;
  /** Errors of the scaled background; default Gehrels' of its own counts. */
  readonly backgroundError?: Numbers;
  /** Errors of the counts; default Gehrels' 1 + sqrt(n + 0.75) (1986, eq. 7). */
  readonly error?: Numbers;
  readonly color?: string;
}

/** Throws unless every array of a spectrum is finite and has an entry a bin. */
export function check(one: SpectrumSeries): void {
  const bins = one.counts.length;
  const require = (name: string, values: Numbers | undefined) => {
    if (values) requireSeries("spectrum", `${name} of ${one.label}`, values, bins);
  };
  require("counts", one.counts);
  require("energyLow", one.energyLow);
  require("energyHigh", one.energyHigh);
  require("scale", one.scale);
  require("model", one.model);
  require("band.lower", one.band?.lower);
  require("band.upper", one.band?.upper);
  require("background", one.background);
  require("backgroundRatio", one.backgroundRatio);
  require("backgroundError", one.backgroundError);
  require("error", one.error);
  for (const component of one.components ?? []) require(component.label, component.model);
}

/** A spectrum as drawn: counts a bin, and what turns them into rates. */
export interface View {
  /** keV; half of the upper edge where a bin begins at zero, which a logarithmic axis has not. */
  readonly low: number[];
  readonly high: number[];
  /** Less the background, where there is one; may be below 0. */
  readonly counts: number[];
  readonly error: number[];
  /** Seconds x keV. */
  readonly unit: number[];
  readonly model: number[];
  readonly lower: number[] | undefined;
  readonly upper: number[] | undefined;
  /** In bins of its own, which hold 5 sigma of it where that is possible: rates. */
  readonly background:
    | { readonly low: number[]; readonly high: number[]; readonly rate: number[] }
    | undefined;
  readonly components: readonly {
    readonly label: string;
    readonly color: string;
    readonly model: number[];
  }[];
  readonly color: string;
  readonly modelColor: string;
}

/** Bins as drawn: first bin of each, and one past the last. */
export function drawnBins(one: SpectrumSeries, rule: Rebin): number[] {
  const { counts, error } = one;
  const behind = behindOf(one);
  const spread = (c: number) => (error ? error[c] ** 2 : counts[c]);
  return joinBins(
    {
      ...one,
      net: Array.from(counts, (n, c) => n - (behind?.counts[c] ?? 0)),
      variance: Array.from(counts, (_, c) => spread(c) + (behind?.variance[c] ?? 0)),
    },
    rule,
  );
}

/** The background in the source's bins and the variance of that, plain Poisson where no error is given. */
function behindOf({ background, backgroundRatio, backgroundError }: SpectrumSeries) {
  if (background === undefined) return undefined;
  const ratio = (c: number) => backgroundRatio?.[c] ?? 1;
  return {
    counts: background,
    variance: Array.from(background, (b, c) =>
      backgroundError ? backgroundError[c] ** 2 : Math.max(0, b) * ratio(c),
    ),
  };
}

/** A spectrum joined into the bins that start at `starts`. */
export function view(starts: readonly number[], one: SpectrumSeries, color: string): View {
  const bins = starts.slice(0, -1).map((first, k) => [first, starts[k + 1]] as const);
  const total = (values: Numbers) => bins.map(([first, end]) => sum(values, first, end));
  const seconds = bins.map(([first, end]) => sum(one.scale, first, end) / (end - first));
  const low = bins.map(([first]) => one.energyLow[first]);
  const high = bins.map(([, end]) => one.energyHigh[end - 1]);
  const counts = total(one.counts);
  const background = one.background && total(one.background);
  const error = quadrature(
    errorOf(bins, one.error, counts),
    background && backgroundErrorOf(bins, one, background),
  );
  return {
    low: low.map((energy, k) => (energy > 0 ? energy : high[k] / 2)),
    high,
    counts: background ? counts.map((n, k) => n - background[k]) : counts,
    error,
    unit: seconds.map((s, k) => s * (high[k] - low[k])),
    model: total(one.model),
    lower: one.band && total(one.band.lower),
    upper: one.band && total(one.band.upper),
    background: background && smoothBackground(one, one.background ?? []),
    components: (one.components ?? []).map((component, i) => ({
      label: component.label,
      color: seriesColor(i + 2),
      model: total(component.model),
    })),
    color: one.color ?? color,
    modelColor: one.color ?? (color === INK ? seriesColor(1) : color),
  };
}

/** The background as it is worth drawing. */
function smoothBackground(one: SpectrumSeries, scaled: Numbers): View["background"] {
  const counts = Array.from(scaled, (b, c) => b / (one.backgroundRatio?.[c] ?? 1));
  const most = Math.ceil(counts.length / 12);
  const starts = joinBins({ ...one, counts }, { sigma: 5, most });
  const bins = starts.slice(0, -1).map((first, k) => [first, starts[k + 1]] as const);
  const low = bins.map(([first]) => one.energyLow[first]);
  const high = bins.map(([, end]) => one.energyHigh[end - 1]);
  return {
    low: low.map((energy, k) => (energy > 0 ? energy : high[k] / 2)),
    high,
    rate: bins.map(
      ([first, end], k) =>
        ((sum(scaled, first, end) / sum(one.scale, first, end)) * (end - first)) / (high[k] - low[k]),
    ),
  };
}

type Bins = readonly (readonly [number, number])[];

/** Gehrels' error of n counts (1986, eq. 7). */
const gehrels = (n: number) => 1 + Math.sqrt(Math.max(0, n) + 0.75);

/** Given errors added in quadrature, else Gehrels' of the joined counts. */
function errorOf(bins: Bins, given: Numbers | undefined, counts: readonly number[]): number[] {
  if (given === undefined) return counts.map(gehrels);
  const squares = Array.from(given, (e) => e * e);
  return bins.map(([first, end]) => Math.sqrt(sum(squares, first, end)));
}

function backgroundErrorOf(
  bins: Bins,
  { backgroundRatio, backgroundError }: SpectrumSeries,
  scaled: readonly number[],
): number[] {
  if (backgroundError !== undefined) return errorOf(bins, backgroundError, scaled);
  return bins.map(([first, end], k) => {
    const ratio = backgroundRatio === undefined ? 1 : sum(backgroundRatio, first, end) / (end - first);
    return ratio > 0 ? ratio * gehrels(scaled[k] / ratio) : 0;
  });
}

function quadrature(a: readonly number[], b: readonly number[] | undefined): number[] {
  return b === undefined ? [...a] : a.map((value, k) => Math.hypot(value, b[k]));
}

/** The axis of rates: normalized as in XSPEC where they are divided by an area scaling as well. */
export function rateLabel(series: readonly SpectrumSeries[]): string {
  const scaled = series.some(({ areaScaling = 1 }) => areaScaling !== 1);
  return `${scaled ? "Normalized counts" : "Counts"} s^{\u22121} keV^{\u22121}`;
}

function sum(values: Numbers, first: number, end: number): number {
  let total = 0;
  for (let i = first; i < end; i++) total += values[i];
  return total;
}
