import { bottomMargin, leftMargin } from "./axes.ts";
import { INK, seriesColor } from "./palette.ts";
import type { Axis, Mark, Numbers, Scene } from "./scene.ts";
import { requireSeries } from "./series.ts";

export interface RanksOptions {
  /** A parameter's ranks: share of posterior draws below the true value, one number in [0, 1] a test spectrum. */
  readonly parameters: readonly { readonly symbol: string; readonly ranks: Numbers }[];
  /** Limits of a whole curve (P); default: Kolmogorov's 95 %. */
  readonly band?: { readonly z: Numbers; readonly lower: Numbers; readonly upper: Numbers };
  readonly width?: number;
}

/**
 * Simulation-based calibration: empirical distribution of the ranks minus the uniform one (Sailynoja et al. 2022). A
 * calibrated posterior stays in the grey band: the one given (`ecdfBands`), or the 95 % Kolmogorov limit 1.358/sqrt(n) for a whole curve. A wave that
 * goes up first is a posterior that is too narrow; a hump above (below) zero is one biased high (low).
 */
export function ranks({ parameters, band, width = 400 }: RanksOptions): Scene {
  for (const { symbol, ranks: values } of parameters) requireSeries("ranks", symbol, values, values.length);
  const fewest = Math.max(1, Math.min(...parameters.map((parameter) => parameter.ranks.length)));
  const limit = 1.358 / Math.sqrt(fewest);
  const curves = parameters.map(({ ranks: values }) => difference(values));
  const limits = band === undefined ? [limit] : [...Array.from(band.lower), ...Array.from(band.upper)];
  const reach = 1.25 * Math.max(...[...limits, ...curves.flatMap(({ y }) => y)].map(Math.abs));
  const yAxis: Axis = { scale: "linear", domain: [-reach, reach], label: "ECDF \u2212 uniform", count: 6 };
  const left = leftMargin(yAxis, 160);
  const height = Math.round(width * 0.5);
  const paint = (i: number) => ({ stroke: seriesColor(i), width: 1 });
  const marks: Mark[] = [
    bandMark(limit, band),
    { kind: "rule", y: 0, paint: { stroke: INK, width: 0.7, dash: [4, 2] } },
    ...curves.map(({ x, y }, i): Mark => ({ kind: "line", x, y, paint: paint(i) })),
  ];
  const entries = parameters.map(({ symbol }, i) => ({
    text: symbol,
    paint: paint(i),
    symbol: "line" as const,
  }));
  const xAxis: Axis = { scale: "linear", domain: [0, 1], label: "Rank of the true value" };
  return {
    width,
    height: 10 + height + bottomMargin(),
    title: "Simulation-based calibration",
    description: `Distribution of the ranks of ${fewest} true values among their posterior draws, minus the uniform one.`,
    panels: [{ x: left, y: 10, width: width - left - 12, height, xAxis, yAxis, marks, legend: { entries } }],
  };
}

function bandMark(limit: number, band: RanksOptions["band"]): Mark {
  const paint = { fill: INK, opacity: 0.1 };
  if (band === undefined) return { kind: "rect", x: [0, 1], y: [-limit, limit], paint };
  const ends = (values: Numbers) => [0, ...Array.from(values), 0];
  const x = [0, ...Array.from(band.z), 1];
  return { kind: "band", x, lower: ends(band.lower), upper: ends(band.upper), paint };
}

function difference(values: Numbers): { x: number[]; y: number[] } {
  const sorted = Float64Array.from(values).sort();
  const x = [0];
  const y = [0];
  sorted.forEach((rank, i) => {
    x.push(rank, rank);
    y.push(i / sorted.length - rank, (i + 1) / sorted.length - rank);
  });
  return { x: [...x, 1], y: [...y, 0] };
}
