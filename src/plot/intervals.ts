import { bottomMargin } from "./axes.ts";
import { INK, seriesColor } from "./palette.ts";
import { textWidth } from "./richText.ts";
import { type Axis, type Mark, type Panel, type Scene, TEXT_SIZE } from "./scene.ts";
import { extent, padded, requireSeries } from "./series.ts";

export interface IntervalsRun {
  readonly label: string;
  /** One record a parameter; absent where the run does not have it. */
  readonly values: readonly (
    | {
        readonly median: number;
        readonly interval68: readonly [number, number];
        readonly interval90?: readonly [number, number];
      }
    | undefined
  )[];
}

export interface IntervalsOptions {
  readonly parameters: readonly {
    readonly symbol: string;
    readonly unit?: string;
    readonly truth?: number;
  }[];
  /** Top to bottom. The first one's 68 % interval is drawn through the panel for comparison. */
  readonly runs: readonly IntervalsRun[];
  readonly width?: number;
}

const ROW = 16;
const GAP = 12;

/** Medians with 68 % (thick) and 90 % (thin) intervals of several runs side by side, one panel a parameter. */
export function intervals({ parameters, runs, width = 500 }: IntervalsOptions): Scene {
  const left = 12 + Math.max(...runs.map((run) => textWidth(run.label, TEXT_SIZE.tick)));
  const columns = Math.min(parameters.length, Math.max(1, Math.floor((width - left) / 130)));
  const side = (width - left - 10 - GAP * (columns - 1)) / columns;
  const height = ROW * runs.length + 6;
  const pitch = height + bottomMargin() + 6;
  const panels = parameters.map((_, k): Panel => {
    const column = k % columns;
    const place = { x: left + column * (side + GAP), y: 10 + Math.floor(k / columns) * pitch };
    return { ...place, width: side, height, ...content(parameters, runs, k, column === 0) };
  });
  return {
    width,
    height: 10 + Math.ceil(parameters.length / columns) * pitch,
    title: "Posterior intervals side by side",
    description: `Medians, 68 and 90 % intervals of ${runs.map((run) => run.label).join(", ")}.`,
    panels,
  };
}

function content(
  parameters: IntervalsOptions["parameters"],
  runs: readonly IntervalsRun[],
  k: number,
  named: boolean,
) {
  const { symbol, unit, truth } = parameters[k];
  const marks: Mark[] = [];
  const ends: number[] = truth === undefined ? [] : [truth];
  runs.forEach((run, r) => {
    const value = run.values[k];
    if (!value) return;
    const outer = value.interval90 ?? value.interval68;
    const all = [value.median, ...value.interval68, ...outer];
    requireSeries("intervals", `${symbol} of ${run.label}`, all, all.length);
    ends.push(...all);
    marks.push(...runMarks(value.median, value.interval68, outer, -r, seriesColor(r)));
  });
  const first = runs[0]?.values[k];
  if (first) {
    const paint = { fill: seriesColor(0), opacity: 0.12 };
    marks.unshift({ kind: "rect", x: first.interval68, y: [-runs.length, 1], paint });
  }
  if (truth !== undefined) {
    marks.push({ kind: "rule", x: truth, paint: { stroke: INK, width: 0.8, dash: [1.5, 1.5] } });
  }
  const domain = ends.length > 0 ? padded(extent(ends), 0.08) : ([0, 1] as const);
  const label = unit ? `${symbol} (${unit})` : symbol;
  const xAxis: Axis = { scale: "linear", domain, label, count: 5, tight: true };
  const names = runs.map((run, r) => ({ at: -r, text: run.label }));
  const yAxis: Axis = { scale: "linear", domain: [0.6 - runs.length, 0.6], names, tickLabels: named };
  return { xAxis, yAxis, marks };
}

function runMarks(
  median: number,
  inner: readonly [number, number],
  outer: readonly [number, number],
  y: number,
  color: string,
): Mark[] {
  return [
    { kind: "line", x: outer, y: [y, y], paint: { stroke: color, width: 0.8 } },
    { kind: "line", x: inner, y: [y, y], paint: { stroke: color, width: 2.6 } },
    { kind: "points", x: [median], y: [y], radius: 2.6, paint: { stroke: INK, fill: "#ffffff", width: 0.9 } },
  ];
}
