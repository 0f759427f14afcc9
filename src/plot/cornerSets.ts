import { quantiles } from "../math/quantile.ts";
import { effectiveSize } from "./densityCurve.ts";
import { seriesColor } from "./palette.ts";
import type { Numbers } from "./scene.ts";
import { padded, requireSeries } from "./series.ts";

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

/** One parameter of one set. */
export interface Column {
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

/** A set with its defaults filled in and its columns summarised. */
export interface Prepared {
  readonly label: string;
  readonly color: string;
  readonly fill: boolean;
  readonly dash: readonly number[] | undefined;
  readonly points: boolean;
  readonly weights: Numbers;
  readonly columns: readonly Column[];
}

/** Checks a set (number `s` of the figure) and summarises its columns. */
export function prepare(set: CornerSamples, s: number, parameters: readonly CornerParameter[]): Prepared {
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
