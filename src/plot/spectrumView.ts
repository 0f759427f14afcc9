import { INK, seriesColor } from "./palette.ts";
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
  /** Expected counts. */
  readonly model: Numbers;
  /** Expected counts between which the central 68 % of the posterior('s predictions) lie. */
  readonly band?: { readonly lower: Numbers; readonly upper: Numbers };
  /** Expected counts of single components. */
  readonly components?: readonly { readonly label: string; readonly model: Numbers }[];
  /** Background counts scaled to the source's region. */
  readonly background?: Numbers;
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
  require("error", one.error);
  for (const component of one.components ?? []) require(component.label, component.model);
}

/** A spectrum as drawn: counts a bin, and what turns them into rates. */
export interface View {
  /** keV; half of the upper edge where a bin begins at zero, which a logarithmic axis has not. */
  readonly low: number[];
  readonly high: number[];
  readonly counts: number[];
  readonly error: number[];
  /** Seconds x keV. */
  readonly unit: number[];
  readonly model: number[];
  readonly lower: number[] | undefined;
  readonly upper: number[] | undefined;
  readonly background: number[] | undefined;
  readonly components: readonly {
    readonly label: string;
    readonly color: string;
    readonly model: number[];
  }[];
  readonly color: string;
  readonly modelColor: string;
}

/** First bin of each drawn bin, and one past the last. Only bins that touch are joined. */
export function merged({ counts, energyLow, energyHigh }: SpectrumSeries, minimum: number): number[] {
  const starts: number[] = [];
  let sum = Number.POSITIVE_INFINITY;
  for (let i = 0; i < counts.length; i++) {
    const gap = i > 0 && Math.abs(energyLow[i] - energyHigh[i - 1]) > 1e-6 * energyHigh[i - 1];
    if (sum >= minimum || gap) {
      starts.push(i);
      sum = 0;
    }
    sum += counts[i];
  }
  return [...starts, counts.length];
}

/** A spectrum joined into the bins that start at `starts`. */
export function view(starts: readonly number[], one: SpectrumSeries, color: string): View {
  const bins = starts.slice(0, -1).map((first, k) => [first, starts[k + 1]] as const);
  const total = (values: Numbers) => bins.map(([first, end]) => sum(values, first, end));
  const seconds = bins.map(([first, end]) => sum(one.scale, first, end) / (end - first));
  const low = bins.map(([first]) => one.energyLow[first]);
  const high = bins.map(([, end]) => one.energyHigh[end - 1]);
  const counts = total(one.counts);
  const given = one.error;
  const error = given
    ? bins.map(([first, end]) =>
        Math.sqrt(
          sum(
            Array.from(given, (e) => e * e),
            first,
            end,
          ),
        ),
      )
    : counts.map((n) => 1 + Math.sqrt(n + 0.75));
  return {
    low: low.map((energy, k) => (energy > 0 ? energy : high[k] / 2)),
    high,
    counts,
    error,
    unit: seconds.map((s, k) => s * (high[k] - low[k])),
    model: total(one.model),
    lower: one.band && total(one.band.lower),
    upper: one.band && total(one.band.upper),
    background: one.background && total(one.background),
    components: (one.components ?? []).map((component, i) => ({
      label: component.label,
      color: seriesColor(i + 2),
      model: total(component.model),
    })),
    color: one.color ?? color,
    modelColor: one.color ?? (color === INK ? seriesColor(1) : color),
  };
}

function sum(values: Numbers, first: number, end: number): number {
  let total = 0;
  for (let i = first; i < end; i++) total += values[i];
  return total;
}
