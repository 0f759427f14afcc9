import { bottomMargin, leftMargin } from "./axes.ts";
import { diagonal, paints, pairMarks, TRUTH } from "./cornerMarks.ts";
import {
  type Column,
  type CornerParameter,
  type CornerSamples,
  type Prepared,
  prepare,
} from "./cornerSets.ts";
import { legendSize } from "./legend.ts";
import { measurement } from "./numberText.ts";
import { textWidth, wrap } from "./richText.ts";
import { type Axis, type LegendEntry, type Note, type Panel, type Scene, TEXT_SIZE } from "./scene.ts";
import { extent, padded } from "./series.ts";

export type { CornerParameter, CornerSamples } from "./cornerSets.ts";

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
  const panels = parameters.flatMap((_, row) =>
    parameters.slice(0, row + 1).map((_, column): Panel => {
      const place = {
        x: left + column * (side + GAP),
        y: top + row * (side + GAP),
        width: side,
        height: side,
      };
      const xAxis = outerOnly(axes[column], row === d - 1);
      if (row !== column) {
        const yAxis = outerOnly(axes[row], column === 0);
        return { ...place, xAxis, yAxis, marks: pairMarks(parameters, sets, column, row) };
      }
      const title = titles ? diagonalTitle(parameters[row], sets[0].columns[row], side) : {};
      return { ...place, ...diagonal(parameters[row], sets, row, axes[row]), xAxis, ...title };
    }),
  );
  return {
    width: layout.width,
    height: layout.height,
    title: options.title ?? "Corner plot",
    description: describe(parameters, sets),
    panels,
    notes: layout.notes,
  };
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
