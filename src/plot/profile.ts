import { contours } from "d3-contour";
import { bottomMargin, leftMargin } from "./axes.ts";
import { GREY, INK, seriesColor } from "./palette.ts";
import type { Axis, Mark, Numbers, Scene } from "./scene.ts";
import { extent, requireSeries } from "./series.ts";

interface ProfileAxis {
  readonly symbol: string;
  readonly unit?: string;
  /** Grid values, ascending; evenly spaced for two parameters. */
  readonly values: Numbers;
}

export interface ProfileOptions {
  readonly x: ProfileAxis;
  /** With it, `statistic` is a map, row-major with one row a value of y. */
  readonly y?: ProfileAxis;
  /** Fit statistic with these parameters fixed and the others fitted. */
  readonly statistic: Numbers;
  /** Statistic of the best fit; default the least on the grid. */
  readonly best?: number;
  /** Where the best fit lies, one value an axis; default the least point of the grid. */
  readonly at?: readonly number[];
  readonly width?: number;
}

/** Statistic over a grid of one parameter with the 68, 90 and 99 % levels, or its contours over two, as `steppar`. */
export function profile(options: ProfileOptions): Scene {
  const { x, y, statistic, width = 340 } = options;
  const size = x.values.length * (y ? y.values.length : 1);
  requireSeries("profile", "statistic", statistic, size);
  requireSeries("profile", x.symbol, x.values, x.values.length);
  if (y) requireSeries("profile", y.symbol, y.values, y.values.length);
  const least = options.best ?? extent(statistic)[0];
  const delta = Array.from(statistic, (value) => value - least);
  const content = y ? mapContent(x, y, delta, options.at) : curveContent(x, delta);
  const left = leftMargin(content.yAxis, 200);
  const height = Math.round((width - left) * (y ? 0.9 : 0.7));
  return {
    width,
    height: 10 + height + bottomMargin(),
    title: y ? `Statistic over ${x.symbol} and ${y.symbol}` : `Statistic over ${x.symbol}`,
    description:
      "Increase of the fit statistic over its minimum, other parameters fitted, with confidence levels.",
    panels: [{ x: left, y: 10, width: width - left - 12, height, ...content }],
  };
}

function labelOf({ symbol, unit }: ProfileAxis): string {
  return unit ? `${symbol} (${unit})` : symbol;
}

/** Increase for 68, 90 and 99 % of one and of two parameters (Avni 1976, table 1). */
const ONE = [1, 2.706, 6.635] as const;
const TWO = [2.3, 4.61, 9.21] as const;
const SHARES = ["68 %", "90 %", "99 %"] as const;

function curveContent(x: ProfileAxis, delta: readonly number[]) {
  const domain = widened(extent(x.values));
  const top = Math.max(1.4, Math.min(extent(delta)[1], 16)) * 1.08;
  const yAxis: Axis = {
    scale: "linear",
    domain: [Math.min(0, extent(delta)[0]), top],
    label: "\u0394 statistic",
  };
  const marks: Mark[] = [];
  ONE.forEach((level, i) => {
    if (level > top) return;
    marks.push({ kind: "rule", y: level, paint: { stroke: GREY, width: 0.7, dash: [4, 2] } });
    const at = { x: domain[1] - 0.02 * (domain[1] - domain[0]), y: level + 0.015 * top };
    marks.push({ kind: "text", ...at, anchor: "end", text: SHARES[i], color: GREY });
  });
  const paint = { stroke: seriesColor(0), fill: seriesColor(0), width: 1.1 };
  marks.push({ kind: "line", x: x.values, y: delta, paint: { stroke: seriesColor(0), width: 1.1 } });
  marks.push({ kind: "points", x: x.values, y: delta, radius: 1.3, paint });
  return { xAxis: { scale: "linear", domain, label: labelOf(x) } as Axis, yAxis, marks };
}

function widened([lo, hi]: readonly [number, number]): readonly [number, number] {
  return hi > lo ? [lo, hi] : [lo - 0.5, hi + 0.5];
}

/** Points between two of the grid, so that contours are smooth; the statistic itself is. */
const FINER = 8;

/** Rows (n, size) with more points between neighbours, by cubic interpolation (Catmull-Rom). */
function refined(values: readonly number[], size: number): number[] {
  if (size < 3) return [...values];
  const fine = (size - 1) * FINER + 1;
  const out: number[] = [];
  for (let from = 0; from < values.length; from += size) {
    const at = (i: number) =>
      i < 0
        ? 2 * values[from] - values[from + 1]
        : i >= size
          ? 2 * values[from + size - 1] - values[from + size - 2]
          : values[from + i];
    for (let k = 0; k < fine; k++) {
      const i = Math.min(size - 2, Math.floor(k / FINER));
      const t = k / FINER - i;
      const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
      out.push(b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))));
    }
  }
  return out;
}

function transposed(values: readonly number[], columns: number): number[] {
  const rows = values.length / columns;
  return Array.from({ length: values.length }, (_, k) => values[(k % rows) * columns + Math.floor(k / rows)]);
}

function mapContent(x: ProfileAxis, y: ProfileAxis, delta: readonly number[], given?: readonly number[]) {
  // Along each row, then along each column.
  const wide = refined(delta, x.values.length);
  const columns = wide.length / y.values.length;
  const tall = refined(transposed(wide, columns), y.values.length);
  const rows = tall.length / columns;
  const fine = transposed(tall, rows);
  const place = (at: number, values: Numbers, points: number) => {
    const [lo, hi] = extent(values);
    return lo + ((at - 0.5) / Math.max(1, points - 1)) * (hi - lo);
  };
  const height = fine.map((value) => -value);
  const marks: Mark[] = [];
  TWO.forEach((level, i) => {
    const shape = contours().size([columns, rows]).contour(height, -level);
    const rings = shape.coordinates.flatMap((polygon) =>
      polygon.map((ring) =>
        ring.flatMap(([c, r]) => [place(c, x.values, columns), place(r, y.values, rows)]),
      ),
    );
    marks.unshift({ kind: "contour", rings, paint: contourPaint(i) });
  });
  const best = delta.indexOf(Math.min(...delta));
  const least = [x.values[best % x.values.length], y.values[Math.floor(best / x.values.length)]];
  const [atX, atY] = given ?? least;
  const at = { x: [atX], y: [atY] };
  marks.push({ kind: "points", ...at, radius: 2, paint: { fill: INK } });
  const entries = SHARES.map((text, i) => ({ text, paint: contourPaint(i), symbol: "area" as const }));
  return {
    xAxis: { scale: "linear", domain: widened(extent(x.values)), label: labelOf(x) } as Axis,
    yAxis: { scale: "linear", domain: widened(extent(y.values)), label: labelOf(y) } as Axis,
    marks,
    legend: { entries },
  };
}

function contourPaint(i: number) {
  return { stroke: seriesColor(0), width: 0.8, fill: seriesColor(0), opacity: [0.5, 0.25, 0.12][i] };
}
