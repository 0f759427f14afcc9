import { bottomMargin, leftMargin } from "./axes.ts";
import { GREY, INK, seriesColor } from "./palette.ts";
import type { Axis, Numbers, Scene } from "./scene.ts";
import { requireSeries } from "./series.ts";

export interface QuantilesOptions {
  /** One a spectrum, counts in order of energy (C). */
  readonly series: readonly { readonly label: string; readonly counts: Numbers; readonly model: Numbers }[];
  readonly width?: number;
}

/**
 * Counts summed from the lowest energy against the same sum of the model (a QQ plot): a straight line where the model holds, with the energies below
 * each point's counts in agreement so far. Both run to their totals.
 */
export function quantilesFigure({ series, width = 340 }: QuantilesOptions): Scene {
  const curves = series.map(({ label, counts, model }, i) => {
    requireSeries("QQ", label, counts, counts.length);
    requireSeries("QQ", label, model, counts.length);
    return {
      label,
      x: summed(model),
      y: summed(counts),
      color: series.length === 1 ? seriesColor(1) : seriesColor(i),
    };
  });
  const most = Math.max(...curves.flatMap(({ x, y }) => [x[x.length - 1], y[y.length - 1]]), 1);
  const axis = (label: string): Axis => ({ scale: "linear", domain: [0, most * 1.02], label });
  const yAxis = axis("Counts observed, summed");
  const left = leftMargin(yAxis, 200);
  const side = width - left - 12;
  return {
    width,
    height: 10 + side + bottomMargin(),
    title: "Observed against expected counts, summed over energy",
    description: "Counts summed from the lowest energy against those of the model.",
    panels: [
      {
        ...{ x: left, y: 10, width: side, height: side, yAxis, xAxis: axis("Counts of the model, summed") },
        marks: [
          { kind: "line", x: [0, most], y: [0, most], paint: { stroke: GREY, width: 0.8, dash: [4, 2] } },
          ...curves.map(({ x, y, color }) => ({
            kind: "line" as const,
            x,
            y,
            paint: { stroke: color, width: 1.2 },
          })),
        ],
        ...(series.length > 1 && {
          legend: {
            entries: curves.map(({ label, color }) => ({
              text: label,
              paint: { stroke: color ?? INK, width: 1.2 },
              symbol: "line" as const,
            })),
          },
        }),
      },
    ],
  };
}

/** Running sums, beginning with 0. */
function summed(values: Numbers): number[] {
  const out = [0];
  for (let i = 0; i < values.length; i++) out.push(out[i] + values[i]);
  return out;
}
