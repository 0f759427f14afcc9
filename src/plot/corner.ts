import { quantiles } from "../math/quantile.ts";
import { bottomMargin, leftMargin } from "./axes.ts";
import { densityCurve, effectiveSize } from "./densityCurve.ts";
import { densityMap, enclosingContour } from "./densityMap.ts";
import { legendSize } from "./legend.ts";
import { measurement } from "./numberText.ts";
import { INK, seriesColor } from "./palette.ts";
import { textWidth, wrap } from "./richText.ts";
import {
  type Axis,
  type LegendEntry,
  type Mark,
  type Note,
  type Numbers,
  type Panel,
  type Scene,
  TEXT_SIZE,
} from "./scene.ts";
import { extent, padded, requireSeries } from "./series.ts";

/** Draws of one posterior (or prior). */
export interface CornerSamples {
  /** For the legend. */
  readonly label: string;
  /** One array of M draws a parameter, in the order of `parameters`. Logarithmic parameters in log10 already. */
  readonly columns: readonly Numbers[];
  /** Importance weights (M), any normalisation; absent: equal. */
  readonly weights?: Numbers;
  readonly color?: string;
  /** Filled contours. Default: the first set only. */
  readonly fill?: boolean;
  readonly dash?: readonly number[];
  /** "points": single draws in place of contours, as suits a uniform prior. Default "contours". */
  readonly pairs?: "contours" | "points";
}

export interface CornerParameter {
  /** Short: `\u0393`, `log_{10} N`. Rich text. */
  readonly symbol: string;
  /** Rich text: `10^{22} cm^{-2}`. */
  readonly unit?: string;
  /** Known true value, drawn as a line. */
  readonly truth?: number;
  /** Axis range; default by the draws. */
  readonly range?: readonly [number, number];
}

export interface CornerOptions {
  readonly parameters: readonly CornerParameter[];
  /** The first set is the one whose medians stand in the titles. */
  readonly samples: readonly CornerSamples[];
  /** Median and 68 % interval above the diagonal. Default true. */
  readonly titles?: boolean;
  /** Figure's width in points; default by the number of parameters. */
  readonly width?: number;
  readonly title?: string;
}

/** Shares of the posterior inside the contours. */
const SHARES = [0.95, 0.68] as const;
const GAP = 6;
/** Points, for 1 to 5 parameters; 50 more for each further one. */
const DEFAULT_WIDTH = [230, 300, 400, 460, 510] as const;

/**
 * Corner plot: on the diagonal the density of each parameter with median and 68 % interval, below it the contours that
 * enclose 68 and 95 % of the (weighted) draws of each pair; several sets laid over each other.
 */
export function corner(options: CornerOptions): Scene {
  const { parameters, samples, titles = true } = options;
  const sets = samples.map((set, s) => prepare(set, s, parameters));
  const d = parameters.length;
  const width = options.width ?? DEFAULT_WIDTH[Math.min(d, 5) - 1] + Math.max(0, d - 5) * 50;
  const room = (width - 50) / d - GAP;
  const axes = parameters.map((parameter, k) => {
    const columns = sets.map((set) => set.columns[k]);
    return axisOf(parameter, room, columns);
  });
  const layout = layOut(options, width, axes, sets);
  const { side, left, top } = layout;
  const panels: Panel[] = [];
  for (let row = 0; row < d; row++) {
    for (let column = 0; column <= row; column++) {
      const x = left + column * (side + GAP);
      const y = top + row * (side + GAP);
      const place = { x, y, width: side, height: side };
      const horizontal = outerOnly(axes[column], row === d - 1);
      if (row === column) {
        const title = titles ? diagonalTitle(parameters[row], sets[0].columns[row], side) : {};
        panels.push({
          ...place,
          ...diagonal(parameters[row], sets, row, axes[row]),
          xAxis: horizontal,
          ...title,
        });
      } else {
        const vertical = outerOnly(axes[row], column === 0);
        panels.push({
          ...place,
          xAxis: horizontal,
          yAxis: vertical,
          marks: pairMarks(parameters, sets, column, row),
        });
      }
    }
  }
  return {
    width: layout.width,
    height: layout.height,
    title: options.title ?? "Corner plot",
    description: describe(parameters, sets),
    panels,
    notes: layout.notes,
  };
}

interface Column {
  readonly values: Numbers;
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** Range that holds all but the outermost draws. */
  readonly bulk: readonly [number, number];
  /** Range of the density's grid. */
  readonly grid: readonly [number, number];
  /** Half the 68 % range. */
  readonly scale: number;
}

interface Prepared {
  readonly label: string;
  readonly color: string;
  readonly fill: boolean;
  readonly dash: readonly number[] | undefined;
  readonly points: boolean;
  readonly weights: Numbers;
  readonly columns: readonly Column[];
}

function prepare(set: CornerSamples, s: number, parameters: readonly CornerParameter[]): Prepared {
  const draws = set.columns[0]?.length ?? 0;
  if (set.columns.length !== parameters.length) {
    throw new Error(
      `internal: corner has ${parameters.length} parameters but "${set.label}" ${set.columns.length}`,
    );
  }
  const weights = set.weights ?? new Float64Array(draws).fill(1);
  requireSeries("corner", `weights of ${set.label}`, weights, draws);
  set.columns.forEach((column, k) => {
    requireSeries("corner", `${parameters[k].symbol} of ${set.label}`, column, draws);
  });
  return {
    label: set.label,
    color: set.color ?? seriesColor(s),
    fill: set.fill ?? (s === 0 && set.pairs !== "points"),
    dash: set.dash,
    points: set.pairs === "points",
    weights,
    columns: set.columns.map((values) => summarise(values, set.weights)),
  };
}

function summarise(values: Numbers, weights: Numbers | undefined): Column {
  const levels = [0, 0.003, 0.02, 0.1587, 0.5, 0.8413, 0.98, 0.997, 1];
  const [least, first, early, low, median, high, late, last, most] = quantiles(values, levels, weights);
  const ends = most > least ? ([least, most] as const) : padded([least, most]);
  const scale = (high - low) / 2 || (ends[1] - ends[0]) / 50;
  const draws = weights === undefined ? values.length : effectiveSize(weights);
  const pad = 3 * scale * Math.max(1, draws) ** (-1 / 6);
  // Draws crowd at a prior's hard edge; there the grid stops, elsewhere it leaves room for the kernel.
  const from = early - least < 0.25 * scale ? ends[0] : Math.max(ends[0], first - 2 * scale) - pad;
  const to = most - late < 0.25 * scale ? ends[1] : Math.min(ends[1], last + 2 * scale) + pad;
  return { values, median, low, high, bulk: [first, last], grid: [from, to], scale };
}

/** Symbol and unit, in as many lines as the panel's length asks for. */
function axisLabel({ symbol, unit }: CornerParameter, side: number): string | readonly string[] {
  if (unit === undefined || unit === "") return symbol;
  const line = `${symbol} (${unit})`;
  return textWidth(line, TEXT_SIZE.label) <= 1.2 * side
    ? line
    : [symbol, ...wrap(`(${unit})`, TEXT_SIZE.label, 1.2 * side)];
}

function axisOf(parameter: CornerParameter, side: number, columns: readonly Column[]): Axis {
  const bulk = extent(...columns.map((column) => column.bulk));
  const domain = parameter.range ?? padded(bulk, 0.08);
  return { scale: "linear", domain, label: axisLabel(parameter, side), count: 5, tight: true };
}

/** Numbers and label only at the edge of the figure. */
function outerOnly(axis: Axis, outer: boolean): Axis {
  const { label: _, ...rest } = axis;
  return outer ? axis : { ...rest, tickLabels: false };
}

function paints(set: Prepared) {
  const stroke = { stroke: set.color, width: 1, ...(set.dash ? { dash: set.dash } : {}) };
  return {
    line: stroke,
    outer: set.fill ? { ...stroke, width: 0.8, fill: set.color, opacity: 0.22 } : stroke,
    inner: set.fill ? { ...stroke, width: 0.8, fill: set.color, opacity: 0.45 } : stroke,
  };
}

const TRUTH = { stroke: INK, width: 0.8, dash: [1.5, 1.5] } as const;

function diagonal(parameter: CornerParameter, sets: readonly Prepared[], k: number, axis: Axis) {
  const marks: Mark[] = [];
  let top = 0;
  for (const set of sets) {
    const column = set.columns[k];
    const curve = densityCurve(column.values, set.weights, column.grid, column.scale);
    top = Math.max(top, ...curve.density);
    marks.push(...curveMarks(curve.x, curve.density, column, set));
  }
  if (parameter.truth !== undefined) marks.push({ kind: "rule", x: parameter.truth, paint: TRUTH });
  const yAxis: Axis = { scale: "linear", domain: [0, top * 1.12 || 1], ticks: "none", tickLabels: false };
  return { marks, xAxis: axis, yAxis };
}

function curveMarks(
  x: Float64Array,
  density: Float64Array,
  { median, low, high }: Column,
  set: Prepared,
): Mark[] {
  const { line } = paints(set);
  const step = x[1] - x[0];
  const closedX = [
    x[0] - step / 2,
    x[0] - step / 2,
    ...x,
    x[x.length - 1] + step / 2,
    x[x.length - 1] + step / 2,
  ];
  const closedY = [0, density[0], ...density, density[density.length - 1], 0];
  const marks: Mark[] = [];
  if (set.fill) {
    const inside = [...x.keys()].filter((i) => x[i] >= low && x[i] <= high);
    const paint = { fill: set.color, opacity: 0.25 };
    const at = {
      x: inside.map((i) => x[i]),
      upper: inside.map((i) => density[i]),
      lower: inside.map(() => 0),
    };
    if (inside.length > 1) marks.push({ kind: "band", ...at, paint });
    marks.push({ kind: "rule", x: median, paint: { stroke: set.color, width: 0.7, dash: [4, 2] } });
  }
  marks.push({ kind: "line", x: closedX, y: closedY, paint: line });
  return marks;
}

function pairMarks(
  parameters: readonly CornerParameter[],
  sets: readonly Prepared[],
  a: number,
  b: number,
): Mark[] {
  const marks: Mark[] = [];
  for (const set of sets.filter((one) => one.points).reverse()) marks.push(pointsMark(set, a, b));
  for (const set of sets.filter((one) => !one.points)) {
    const [x, y] = [set.columns[a], set.columns[b]];
    const map = densityMap(x.values, y.values, set.weights, x.grid, y.grid);
    const { outer, inner } = paints(set);
    SHARES.forEach((share, i) => {
      const rings = enclosingContour(map, share);
      marks.push({ kind: "contour", rings, paint: i === 0 ? outer : inner });
    });
  }
  const [x, y] = [parameters[a].truth, parameters[b].truth];
  if (x !== undefined) marks.push({ kind: "rule", x, paint: TRUTH });
  if (y !== undefined) marks.push({ kind: "rule", y, paint: TRUTH });
  return marks;
}

/** At most 700 draws, evenly taken from those that have weight. */
function pointsMark({ columns, weights, color }: Prepared, a: number, b: number): Mark {
  const all = Array.from(weights, (w, i) => (w > 0 ? i : -1)).filter((i) => i >= 0);
  const step = Math.max(1, all.length / 700);
  const taken = Array.from({ length: Math.floor(all.length / step) }, (_, i) => all[Math.floor(i * step)]);
  const pick = (values: Numbers) => taken.map((i) => values[i]);
  const paint = { fill: color, opacity: 0.7 };
  return { kind: "points", x: pick(columns[a].values), y: pick(columns[b].values), radius: 0.7, paint };
}

/** Symbol and value in one line if there is room, else in two, in smaller letters if need be. */
function diagonalTitle(parameter: CornerParameter, column: Column, side: number) {
  const value = measurement(column.median, column.median - column.low, column.high - column.median);
  const oneLine = `${parameter.symbol} = ${value}`;
  const limit = side + GAP;
  if (textWidth(oneLine, 9) <= limit) return { title: [oneLine], titleSize: 9 };
  const widest = Math.max(textWidth(value, 1), textWidth(parameter.symbol, 1));
  return { title: [parameter.symbol, value], titleSize: Math.min(9, limit / widest) };
}

function layOut(options: CornerOptions, width: number, axes: readonly Axis[], sets: readonly Prepared[]) {
  const d = axes.length;
  const vertical = axes.slice(1).map((axis) => leftMargin(axis, 90));
  const left = Math.max(12, ...vertical) + 2;
  const top = options.titles === false ? 10 : 32;
  const side = (width - left - 10 - GAP * (d - 1)) / d;
  const body = top + d * side + (d - 1) * GAP;
  const entries = legendEntries(options.parameters, sets);
  const below = bottomMargin(
    Math.max(...axes.map(({ label }) => (typeof label === "string" ? 1 : (label?.length ?? 0)))),
  );
  const size = legendSize(entries);
  const inCorner = d > 1;
  const notes: Note[] = [];
  if (entries.length > 0) {
    notes.push(
      inCorner
        ? { kind: "legend", x: width - 10, y: 6, anchor: "end", entries }
        : { kind: "legend", x: left, y: body + below, anchor: "start", entries },
    );
  }
  const height = body + below + (entries.length > 0 && !inCorner ? size.height + 4 : 0);
  return { width, height, side, left, top, notes };
}

function legendEntries(parameters: readonly CornerParameter[], sets: readonly Prepared[]): LegendEntry[] {
  const entries = sets.map((set): LegendEntry => {
    if (set.points) return { text: set.label, paint: { fill: set.color }, symbol: "dot" };
    const paint = paints(set);
    return set.fill
      ? { text: set.label, paint: paint.inner, symbol: "area" }
      : { text: set.label, paint: paint.line, symbol: "line" };
  });
  if (parameters.some((parameter) => parameter.truth !== undefined)) {
    entries.push({ text: "true value", paint: TRUTH, symbol: "line" });
  }
  return entries;
}

function describe(parameters: readonly CornerParameter[], sets: readonly Prepared[]): string {
  const values = parameters.map(({ symbol }, k) => {
    const { median, low, high } = sets[0].columns[k];
    return `${symbol} = ${measurement(median, median - low, high - median)}`;
  });
  const others = sets.length > 1 ? `, overlaid: ${sets.map((set) => set.label).join(", ")}` : "";
  return `Densities and 68 and 95 % contours of ${sets[0].label}: ${values.join("; ")} (median, 68 % interval)${others}.`;
}
