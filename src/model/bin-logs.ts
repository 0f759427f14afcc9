/** Logarithmic middle ln sqrt(ab) and width ln(b/a) of each bin [a, b] (E), from edges (E+1). */
export interface BinLogs {
  readonly middle: Float64Array;
  readonly width: Float64Array;
}

export function binLogs(edges: Float64Array): BinLogs {
  const bins = edges.length - 1;
  const middle = new Float64Array(bins);
  const width = new Float64Array(bins);
  for (let i = 0; i < bins; i++) {
    // log1p keeps every digit of a narrow bin's width; ln(b/a) would not
    width[i] = Math.log1p((edges[i + 1] - edges[i]) / edges[i]);
    middle[i] = Math.log(edges[i]) + 0.5 * width[i];
  }
  return { middle, width };
}

/** h^2 below which `sinhcSeries` holds: its first omitted term is then below 2e-16. */
export const sinhcSeriesBelow = 0.0025;

/** sinh(h)/h from h^2. */
export function sinhc(square: number): number {
  if (square < sinhcSeriesBelow) return sinhcSeries(square);
  const h = Math.sqrt(square);
  return Math.sinh(h) / h;
}

/** The same for narrow bins. */
export function sinhcSeries(square: number): number {
  return 1 + square * (1 / 6 + square * (1 / 120 + square * (1 / 5040)));
}
