import { type GridPanel, panelGrid } from "./checkGrid.ts";
import { GREY, INK, seriesColor } from "./palette.ts";
import type { Mark, Scene } from "./scene.ts";

export interface CheckLocalOptions {
  readonly symbols: readonly string[];
  readonly by: readonly {
    readonly label: string;
    readonly logarithmic: boolean;
    readonly bins: readonly {
      readonly low: number;
      readonly high: number;
      readonly spectra: number;
      /** Mean and rms of (truth - posterior) in posterior deviations, one record a parameter. */
      readonly parameters: readonly { readonly bias: number; readonly width: number }[];
    }[];
  }[];
}

/**
 * Where a posterior fails: bias (0 where it is right) and factor by which widths are too small (1), in bins of test spectra. Error bars: what
 * chance makes of a right posterior, 1 sigma.
 */
export function checkLocal({ symbols, by }: CheckLocalOptions): Scene {
  const panels = by.flatMap((sorted) => [
    panel(sorted, "bias", "Bias (\u03c3)", symbols.length),
    panel(sorted, "width", "Width needed", symbols.length),
  ]);
  const entries = symbols.map((text, d) => ({
    text,
    paint: { fill: seriesColor(d) },
    symbol: "dot" as const,
  }));
  return panelGrid({
    title: "Where posteriors fail",
    description: "Bias and widths of posteriors in bins of what is found for the spectra.",
    ...{ panels, columns: 2, aspect: 0.8, entries },
  });
}

function panel(
  { label, logarithmic, bins }: CheckLocalOptions["by"][number],
  what: "bias" | "width",
  name: string,
  parameters: number,
): GridPanel {
  const right = what === "bias" ? 0 : 1;
  const place = (value: number) => (logarithmic ? Math.log10(value) : value);
  const back = (value: number) => (logarithmic ? 10 ** value : value);
  const marks: Mark[] = [{ kind: "rule", y: right, paint: { stroke: INK, width: 0.7, dash: [4, 2] } }];
  let reach = 0.4;
  for (let d = 0; d < parameters; d++) {
    const x = bins.map(({ low, high }) => {
      const share = (d + 1) / (parameters + 1);
      return back(place(low) + share * (place(high) - place(low)));
    });
    const y = bins.map((bin) => bin.parameters[d][what]);
    const error = bins.map(({ spectra }) => 1 / Math.sqrt(what === "bias" ? spectra : 2 * spectra));
    reach = Math.max(reach, ...y.map((value, i) => Math.abs(value - right) + error[i]));
    const yLow = y.map((value, i) => value - error[i]);
    const yHigh = y.map((value, i) => value + error[i]);
    const paint = { fill: seriesColor(d), stroke: seriesColor(d) };
    marks.push({ kind: "points", x, y, yLow, yHigh, radius: 1.6, paint });
  }
  for (const { low } of bins.slice(1))
    marks.push({ kind: "rule", x: low, paint: { stroke: GREY, width: 0.3 } });
  const ends = [bins[0].low, bins[bins.length - 1].high].map(place);
  const room = 0.03 * (ends[1] - ends[0]) || 0.1;
  const least = what === "width" ? Math.max(0, right - 1.1 * reach) : right - 1.1 * reach;
  return {
    xAxis: {
      scale: logarithmic ? "log" : "linear",
      domain: [back(ends[0] - room), back(ends[1] + room)],
      label,
      count: 4,
    },
    yAxis: { scale: "linear", domain: [least, right + 1.1 * reach], label: name, count: 5 },
    marks,
  };
}
