import type { Column, CornerParameter, Prepared } from "./cornerSets.ts";
import { densityCurve } from "./densityCurve.ts";
import { densityMap, enclosingContour } from "./densityMap.ts";
import { INK } from "./palette.ts";
import type { Axis, Mark, Numbers } from "./scene.ts";

/** Shares of the posterior inside the contours. */
const SHARES = [0.95, 0.68] as const;

/** Lines and areas of a set. */
export function paints(set: Prepared) {
  const stroke = { stroke: set.color, width: 1, ...(set.dash ? { dash: set.dash } : {}) };
  return {
    line: stroke,
    outer: set.fill ? { ...stroke, width: 0.8, fill: set.color, opacity: 0.22 } : stroke,
    inner: set.fill ? { ...stroke, width: 0.8, fill: set.color, opacity: 0.45 } : stroke,
  };
}

/** Line of a true value. */
export const TRUTH = { stroke: INK, width: 0.8, dash: [1.5, 1.5] } as const;

/** Marks and axes of a parameter's own panel. */
export function diagonal(parameter: CornerParameter, sets: readonly Prepared[], k: number, axis: Axis) {
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

/** Marks of the panel of parameters a (across) and b (up). */
export function pairMarks(
  parameters: readonly CornerParameter[],
  sets: readonly Prepared[],
  a: number,
  b: number,
): Mark[] {
  const marks: Mark[] = [];
  for (const set of widestFirst(sets.filter((one) => one.points))) marks.push(pointsMark(set, a, b));
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

/** Sets by the mean of their widths, so that a narrow one is drawn over a wide one. */
function widestFirst(sets: readonly Prepared[]): Prepared[] {
  const width = (set: Prepared) => {
    const ratios = set.columns.map((column, k) => column.scale / sets[0].columns[k].scale);
    return ratios.reduce((sum, ratio) => sum + ratio, 0);
  };
  return [...sets].sort((one, other) => width(other) - width(one));
}
