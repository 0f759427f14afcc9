import { bottomMargin, leftMargin } from "./axes.ts";
import { measurement } from "./numberText.ts";
import { GREY, INK, seriesColor } from "./palette.ts";
import type { Axis, Mark, Numbers, Panel, Scene } from "./scene.ts";
import { extent, padded, requireSeries } from "./series.ts";

export interface RecoveryParameter {
  readonly symbol: string;
  readonly unit?: string;
  /** True values and posterior summaries of N test spectra; logarithmic parameters in log10. */
  readonly truth: Numbers;
  readonly median: Numbers;
  /** Ends of the 68 % intervals. */
  readonly low: Numbers;
  readonly high: Numbers;
  /** Slope through the origin and its error as they are to be shown; default `recoverySlope`. */
  readonly slope?: { readonly slope: number; readonly error: number };
}

export interface RecoveryOptions {
  readonly parameters: readonly RecoveryParameter[];
  readonly width?: number;
}

/**
 * Line through the origin fitted to medians against true values with weights 1/e^2, e the root mean square of the two
 * half-errors. Slope with its standard error (scaled by the scatter), as in Barret & Dupourque 2024, fig. 5.
 */
export function recoverySlope({ truth, median, low, high }: RecoveryParameter): {
  slope: number;
  error: number;
} {
  let xx = 0;
  let xy = 0;
  const weight = Array.from(truth, (_, i) => {
    const square = ((median[i] - low[i]) ** 2 + (high[i] - median[i]) ** 2) / 2;
    return square > 0 ? 1 / square : 0;
  });
  for (let i = 0; i < weight.length; i++) {
    xx += weight[i] * truth[i] * truth[i];
    xy += weight[i] * truth[i] * median[i];
  }
  const slope = xx > 0 ? xy / xx : 0;
  let chi = 0;
  for (let i = 0; i < weight.length; i++) chi += weight[i] * (median[i] - slope * truth[i]) ** 2;
  return { slope, error: xx > 0 ? Math.sqrt(chi / Math.max(1, weight.length - 1) / xx) : 0 };
}

/** In-out plots: posterior medians with 68 % errors against the true values of test spectra. */
export function recovery({ parameters, width }: RecoveryOptions): Scene {
  const columns = Math.min(parameters.length, 3);
  const full = width ?? columns * 190;
  const margin = 46;
  const side = full / columns - margin - 8;
  const pitch = side + bottomMargin() + 24;
  const panels = parameters.map((parameter, k): Panel => {
    const x = (k % columns) * (full / columns) + margin;
    return { x, y: 20 + Math.floor(k / columns) * pitch, width: side, height: side, ...content(parameter) };
  });
  const slopes = parameters.map((parameter) => `${parameter.symbol}: ${slopeText(parameter)}`);
  return {
    width: full,
    height: Math.ceil(parameters.length / columns) * pitch,
    title: "Recovered against true parameters",
    description: `Posterior medians and 68 % errors of test spectra against their true values; ${slopes.join("; ")}.`,
    panels: panels.map((panel) => ({
      ...panel,
      x: panel.x + Math.max(0, leftMargin(panel.yAxis, side) - margin),
    })),
  };
}

function slopeText(parameter: RecoveryParameter): string {
  const { slope, error } = parameter.slope ?? recoverySlope(parameter);
  return `slope ${measurement(slope, error, error)}`;
}

function content(parameter: RecoveryParameter) {
  const { symbol, unit, truth, median, low, high } = parameter;
  for (const [name, values] of Object.entries({ truth, median, low, high })) {
    requireSeries("recovery", `${name} of ${symbol}`, values, truth.length);
  }
  const domain = padded(extent(truth, median), 0.06);
  const suffix = unit ? ` (${unit})` : "";
  const xAxis: Axis = { scale: "linear", domain, label: `true ${symbol}${suffix}`, count: 5 };
  const yAxis: Axis = { scale: "linear", domain, label: `recovered ${symbol}`, count: 6 };
  const marks: Mark[] = [
    {
      kind: "points",
      x: truth,
      y: median,
      xLow: truth,
      xHigh: truth,
      yLow: low,
      yHigh: high,
      radius: truth.length > 150 ? 0.9 : 1.5,
      paint: { fill: seriesColor(0) },
      bars: { stroke: seriesColor(0), width: 0.5, opacity: 0.5 },
    },
    { kind: "line", x: domain, y: domain, paint: { stroke: INK, width: 0.8, dash: [4, 2] } },
    { kind: "text", space: "panel", x: 0.06, y: 0.9, text: slopeText(parameter), color: INK },
    {
      kind: "text",
      space: "panel",
      x: 0.94,
      y: 0.06,
      anchor: "end",
      text: `${truth.length} spectra`,
      color: GREY,
    },
  ];
  return { xAxis, yAxis, marks };
}
