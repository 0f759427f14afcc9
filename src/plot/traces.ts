import { bottomMargin, leftMargin } from "./axes.ts";
import { seriesColor } from "./palette.ts";
import type { Numbers, Panel, Scene } from "./scene.ts";
import { extent, padded } from "./series.ts";

export interface TracesOptions {
  /** One a parameter: values in the order in which they were drawn (M). */
  readonly parameters: readonly { readonly label: string; readonly values: Numbers }[];
  readonly width?: number;
}

/** Draws shown of each parameter. */
const SHOWN = 2000;

/** Parameters against the number of the draw, one panel each: how a chain moved. */
export function traces({ parameters, width = 400 }: TracesOptions): Scene {
  const shown = parameters.map(({ label, values }) => {
    const step = Math.max(1, Math.floor(values.length / SHOWN));
    const x = Array.from({ length: Math.floor(values.length / step) }, (_, i) => i * step);
    return { label, x, y: x.map((i) => values[i]), length: values.length };
  });
  const axes = shown.map(({ label, y }) => ({
    scale: "linear" as const,
    domain: padded(extent(y)),
    label,
    count: 4,
  }));
  const left = Math.max(...axes.map((axis) => leftMargin(axis, 70)));
  const height = 70;
  const panels = shown.map(({ x, y, length }, k): Panel => {
    const last = k === shown.length - 1;
    return {
      ...{ x: left, y: 10 + k * (height + 5), width: width - left - 12, height, yAxis: axes[k] },
      xAxis: { scale: "linear", domain: [0, length], ...(last ? { label: "Draw" } : { tickLabels: false }) },
      marks: [{ kind: "line", x, y, paint: { stroke: seriesColor(1), width: 0.4 } }],
    };
  });
  return {
    width,
    height: 5 + shown.length * (height + 5) + bottomMargin(),
    title: "Draws in their order",
    description: "Parameters against the number of the draw.",
    panels,
  };
}
