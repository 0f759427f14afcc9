import { InputError } from "../errors.ts";
import { bottomMargin, leftMargin } from "./axes.ts";
import { limitBars } from "./limitBars.ts";
import { GREY, INK, seriesColor } from "./palette.ts";
import { KINDS, type Kind, type PanelKind, RATE, type Shown, type Unfolded } from "./panelKinds.ts";
import { panelLegend } from "./panelLegend.ts";
import type { Rebin } from "./rebin.ts";
import type { Axis, LegendEntry, Mark, Numbers, Paint, Panel, Scene } from "./scene.ts";
import { extent, padded } from "./series.ts";
import { check, drawnBins, rateLabel, type SpectrumSeries, view } from "./spectrumView.ts";

export { PANEL_KINDS, type PanelKind, type Unfolded } from "./panelKinds.ts";

export interface XspecPanelsOptions {
  readonly series: readonly SpectrumSeries[];
  /** One a spectrum; needed by unfolded and model panels. */
  readonly unfolded?: readonly Unfolded[];
  /** When bins are joined for display. Default: never. */
  readonly rebin?: Rebin;
  readonly width?: number;
}

/** Panels one above the other over the same energies, as XSPEC's `plot ldata delchi`. InputError for unfolded panels without an unfolded model. */
export function xspecPanels(kinds: readonly PanelKind[], options: XspecPanelsOptions): Scene {
  const { series, unfolded = [], rebin = {}, width = 400 } = options;
  if (kinds.some((kind) => KINDS[kind].power !== undefined) && unfolded.length < series.length)
    throw new InputError("panels of the unfolded spectrum need the model before the instrument");
  for (const one of series) check(one);
  const shown = series.map((one, i): Shown => {
    const starts = drawnBins(one, rebin);
    const color = series.length === 1 ? INK : seriesColor(i);
    return {
      rate: rateLabel(series),
      view: view(starts, one, color),
      label: one.label,
      unfolded: unfolded[i],
      density: starts.slice(0, -1).map((first, k) => mean(unfolded[i]?.inBins ?? [], first, starts[k + 1])),
    };
  });
  const energy = extent(...shown.flatMap(({ view: { low, high } }) => [low, high]));
  const contents = kinds.map((kind) => content(kind, shown, rebin));
  const left = Math.max(...contents.map(({ yAxis }) => leftMargin(yAxis, 120)));
  const panels: Panel[] = [];
  let y = 10;
  contents.forEach(({ yAxis, marks, legend }, k) => {
    const height = Math.round(width * (k === 0 ? 0.52 : 0.26));
    const last = k === contents.length - 1;
    const xAxis: Axis = {
      scale: "log",
      domain: energy,
      labels: "plain",
      ...(last ? { label: "Energy (keV)" } : { tickLabels: false }),
    };
    panels.push({
      x: left,
      y,
      width: width - left - 10,
      height,
      xAxis,
      yAxis,
      marks,
      ...(k === 0 && { legend: { entries: legend } }),
    });
    y += height + 5;
  });
  return {
    width,
    height: y - 5 + bottomMargin(),
    title: kinds.join(" "),
    description: `${kinds.map((kind) => KINDS[kind].label).join("; ")} against energy.`,
    panels,
  };
}

function mean(values: Numbers, first: number, end: number): number {
  let sum = 0;
  for (let i = first; i < end; i++) sum += values[i] ?? 0;
  return sum / (end - first);
}

interface Content {
  readonly yAxis: Axis;
  readonly marks: readonly Mark[];
  readonly legend: readonly LegendEntry[];
}

function content(kind: PanelKind, shown: readonly Shown[], rebin: Rebin): Content {
  const about = KINDS[kind];
  const marks: Mark[] = [];
  const data: number[] = [];
  const curves: number[] = [];
  for (const one of shown) {
    marks.push(...bandOf(kind, about, one));
    if (about.bare !== true) {
      const measured = points(kind, about, one);
      marks.push(...measured.marks);
      data.push(...measured.values);
    }
    const model = about.power === undefined ? folded(kind, one) : unfoldedCurves(about.power, one);
    marks.push(...model.marks);
    curves.push(...model.values);
  }
  const level = kind === "ratio" ? 1 : kind === "delchi" || kind === "residuals" ? 0 : undefined;
  if (level !== undefined)
    marks.push({
      kind: "rule",
      y: level,
      paint: { stroke: shown.length === 1 ? seriesColor(1) : GREY, width: 0.8 },
    });
  const domain = domainOf(about, data, curves);
  return {
    yAxis: {
      scale: about.scale,
      domain,
      label: about.rate === true ? about.label.replace(RATE, shown[0].rate) : about.label,
    },
    marks,
    legend: panelLegend(kind, shown, rebin, about.scale === "log" ? domain[0] : Number.NEGATIVE_INFINITY),
  };
}

/** All of it; where the axis is logarithmic, the data with their errors, and the model down to a tenth of the faintest of them. */
function domainOf({ scale }: Kind, data: readonly number[], curves: readonly number[]): [number, number] {
  const finite = [...data, ...curves].filter(Number.isFinite);
  if (scale === "linear") return finite.length === 0 ? [0, 1] : padded(extent(finite), 0.06);
  const positive = (values: readonly number[]) => values.filter((v) => Number.isFinite(v) && v > 0);
  const high = positive(finite).reduce((a, b) => Math.max(a, b), 0);
  if (!(high > 0)) return [0.1, 10];
  const faintest = positive(data).reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const floor = Math.max(high * 1e-6, faintest < Number.POSITIVE_INFINITY ? faintest / 10 : 0);
  const low = positive(curves).reduce((a, b) => Math.min(a, b), faintest);
  return [Math.max(Math.min(low, faintest), floor) * 0.7, high * 1.4];
}

/** Factor and offset of each drawn bin: y = (counts - offset) factor. */
function scaling(
  kind: PanelKind,
  { power }: Kind,
  { view: { unit, model, error, low, high }, density }: Shown,
) {
  const middle = (i: number) => Math.sqrt(low[i] * high[i]);
  const factor = unit.map((u, i) => {
    if (power !== undefined) return model[i] > 0 ? (density[i] * middle(i) ** power) / model[i] : Number.NaN;
    if (kind === "delchi") return 1 / error[i];
    if (kind === "ratio") return model[i] > 0 ? 1 / model[i] : Number.NaN;
    return kind === "counts" || kind === "lcounts" ? 1 : 1 / u;
  });
  const offset = kind === "delchi" || kind === "residuals" ? model : model.map(() => 0);
  return { factor, offset };
}

/** The posterior's band of the folded model, where there is one. */
function bandOf(kind: PanelKind, about: Kind, one: Shown): Mark[] {
  const { low, high, lower, upper, modelColor } = one.view;
  if (lower === undefined || upper === undefined || about.power !== undefined) return [];
  const { factor, offset } = scaling(kind, about, one);
  if (!factor.every(Number.isFinite)) return [];
  const at = (values: readonly number[]) => values.map((v, i) => (v - offset[i]) * factor[i]);
  const paint = { fill: modelColor, opacity: 0.3 };
  return [{ kind: "stepBand", low, high, lower: at(lower), upper: at(upper), paint }];
}

/** Data with errors, and on a logarithmic axis upper limits where nothing is left; what the axis has to hold of them. */
function points(kind: PanelKind, about: Kind, one: Shown): { marks: Mark[]; values: number[] } {
  const { low, high, counts, error, color } = one.view;
  const { factor, offset } = scaling(kind, about, one);
  const at = (value: number, i: number) => (value - offset[i]) * factor[i];
  const known = counts.flatMap((_, i) => (Number.isFinite(factor[i]) ? [i] : []));
  const linear = about.scale === "linear";
  const kept = known.filter((i) => linear || counts[i] > 0);
  const limits = linear ? [] : known.filter((i) => counts[i] <= 0 && counts[i] + error[i] > 0);
  const across = (bins: readonly number[]) => ({
    x: bins.map((i) => Math.sqrt(low[i] * high[i])),
    xLow: bins.map((i) => low[i]),
    xHigh: bins.map((i) => high[i]),
  });
  const many = kept.length > 60;
  const measured: Mark = {
    kind: "points",
    ...across(kept),
    y: kept.map((i) => at(counts[i], i)),
    yLow: kept.map((i) => at(counts[i] - error[i], i)),
    yHigh: kept.map((i) => at(counts[i] + error[i], i)),
    radius: many ? 0.9 : 1.4,
    paint: { stroke: color, fill: color },
    bars: many ? { stroke: color, width: 0.5, opacity: 0.55 } : { stroke: color, width: 0.6 },
  };
  const upper: Mark = {
    kind: "points",
    x: limits.map((i) => Math.sqrt(low[i] * high[i])),
    ...limitBars(
      limits,
      limits.map((i) => at(counts[i] + error[i], i)),
      one.view,
    ),
  };
  const below = (i: number) =>
    linear ? counts[i] - error[i] : Math.max(counts[i] - error[i], counts[i] / 3);
  // A point whose error reaches far below zero has no say in where a logarithmic axis begins.
  const sure = kept.filter((i) => linear || counts[i] > 0.7 * error[i]);
  const ends = (sure.length > 0 ? sure : kept).flatMap((i) => [at(below(i), i), at(counts[i] + error[i], i)]);
  const most = ends.reduce((a, b) => Math.max(a, b), 0);
  const near = limits.map((i) => at(counts[i] + error[i], i)).filter((y) => y < 10 * most && y > most / 100);
  return { marks: limits.length > 0 ? [upper, measured] : [measured], values: [...ends, ...near] };
}

/** The folded model and its components as steps. */
function folded(kind: PanelKind, one: Shown): { marks: Mark[]; values: number[] } {
  if (kind === "delchi" || kind === "ratio" || kind === "residuals") return { marks: [], values: [] };
  const { low, high, unit, model, modelColor, components } = one.view;
  const scaled = (values: readonly number[]) =>
    values.map((v, i) => (kind === "counts" || kind === "lcounts" ? v : v / unit[i]));
  const steps = (y: readonly number[], paint: Paint): Mark => ({
    kind: "steps",
    low,
    high,
    y: [...y],
    paint,
  });
  const y = scaled(model);
  return {
    marks: [
      ...components.map(({ model: part, color }) =>
        steps(scaled(part), { stroke: color, width: 0.8, dash: [4, 2] }),
      ),
      steps(y, { stroke: modelColor, width: 1 }),
    ],
    values: y,
  };
}

/** The model before the instrument and its components, times a power of energy. */
function unfoldedCurves(
  power: number,
  { view: { modelColor, low, high }, unfolded }: Shown,
): { marks: Mark[]; values: number[] } {
  if (unfolded === undefined) return { marks: [], values: [] };
  const { edges, density, components } = unfolded;
  const [from, to] = [Math.min(...low), Math.max(...high)];
  const bins = Array.from(density).flatMap((_, e) => (edges[e + 1] > from && edges[e] < to ? [e] : []));
  const x = bins.map((e) => Math.sqrt(edges[e] * edges[e + 1]));
  const times = (values: Numbers) => bins.map((e, k) => values[e] * x[k] ** power);
  const line = (values: Numbers, paint: Paint): Mark => ({ kind: "line", x, y: times(values), paint });
  return {
    marks: [
      ...components.map((part, i) =>
        line(part.density, { stroke: seriesColor(i + 2), width: 0.8, dash: [4, 2] }),
      ),
      line(density, { stroke: modelColor, width: 1 }),
    ],
    values: times(density),
  };
}
