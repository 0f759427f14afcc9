import { quantiles } from "../math/quantile.ts";

/** Quantiles of each column of draws (M, D), one row a column; NaN where there is no draw. */
export function columnQuantiles(theta: Float64Array, D: number, levels: readonly number[]): number[][] {
  const M = theta.length / D;
  return Array.from({ length: D }, (_, d) =>
    quantiles(
      Float64Array.from({ length: M }, (_, m) => theta[m * D + d]),
      levels,
    ),
  );
}

/** Median of each column of draws (M, D). */
export function columnMedians(theta: Float64Array, D: number): Float64Array {
  return Float64Array.from(columnQuantiles(theta, D, [0.5]), ([median]) => median);
}
