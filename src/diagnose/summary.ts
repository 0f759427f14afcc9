import { quantiles } from "../math/quantile.ts";

export interface Summary {
  readonly mean: number;
  readonly sd: number;
  readonly median: number;
  /** Central intervals: 16-84 % as `interval68` (15.87-84.13 %, one sigma of a normal law), and 5-95 %. */
  readonly interval68: readonly [number, number];
  readonly interval90: readonly [number, number];
}

/** Mean, standard deviation, median and central intervals of a sample (M) with weights (M), default equal. */
export function summarise(x: ArrayLike<number>, weights?: ArrayLike<number>): Summary {
  let total = 0;
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < x.length; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    if (weight === 0) continue;
    total += weight;
    const step = x[i] - mean;
    mean += (step * weight) / total;
    squares += weight * step * (x[i] - mean);
  }
  const levels = [0.15865525393145707, 0.8413447460685429, 0.05, 0.95, 0.5];
  const [low68, high68, low90, high90, median] = quantiles(x, levels, weights);
  return {
    mean: total > 0 ? mean : Number.NaN,
    sd: Math.sqrt(squares / total),
    median,
    interval68: [low68, high68],
    interval90: [low90, high90],
  };
}
