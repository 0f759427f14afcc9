import type { Numbers } from "./scene.ts";

/** Density of a sample on an even grid. */
export interface DensityCurve {
  readonly x: Float64Array;
  /** Integrates to one over the grid. */
  readonly density: Float64Array;
}

/** Effective number of draws of a weighted sample, (sum w)^2 / sum w^2 (Kish 1965). */
export function effectiveSize(weights: Numbers): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i];
    squares += weights[i] * weights[i];
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}

/** Fractions of the weight in `cells` even cells of [lo, hi], each value shared between the two nearest cell centres. */
export function linearBins(
  values: Numbers,
  weights: Numbers,
  [lo, hi]: readonly [number, number],
  cells: number,
): Float64Array {
  const bins = new Float64Array(cells);
  for (let i = 0; i < values.length; i++) {
    const at = ((values[i] - lo) / (hi - lo)) * cells;
    if (!(at >= 0 && at <= cells)) continue;
    const left = Math.min(cells - 1, Math.max(0, Math.floor(at - 0.5)));
    const right = Math.min(cells - 1, left + 1);
    const share = Math.min(1, Math.max(0, at - 0.5 - left));
    bins[left] += weights[i] * (1 - share);
    bins[right] += weights[i] * share;
  }
  return bins;
}

/**
 * Density of a weighted sample on `cells` even cells of `range` by a Gaussian kernel of width 1.06 scale
 * n^(-1/5) with the effective n (Silverman 1986, eq. 3.28); scale: half the 68 % range. At the ends of the range
 * the kernel is renormalised, so that a density that a hard prior cuts off keeps its height there.
 */
export function densityCurve(
  values: Numbers,
  weights: Numbers,
  range: readonly [number, number],
  scale: number,
  cells = 160,
): DensityCurve {
  const width = (range[1] - range[0]) / cells;
  const bandwidth = (1.06 * scale * effectiveSize(weights) ** -0.2) / width;
  const smooth = smoothLine(linearBins(values, weights, range, cells), bandwidth);
  let sum = 0;
  for (const value of smooth) sum += value;
  return {
    x: Float64Array.from({ length: cells }, (_, i) => range[0] + (i + 0.5) * width),
    density: smooth.map((value) => (sum > 0 ? value / (sum * width) : 0)),
  };
}

/** Convolution with a Gaussian of `sigma` cells, renormalised where it reaches over the ends. */
function smoothLine(bins: Float64Array, sigma: number): Float64Array {
  const reach = Math.min(bins.length - 1, Math.ceil(4 * sigma));
  const kernel = Float64Array.from({ length: reach + 1 }, (_, k) =>
    k === 0 ? 1 : Math.exp(-0.5 * (k / sigma) ** 2),
  );
  return bins.map((_, i) => {
    let sum = 0;
    let mass = 0;
    for (let j = Math.max(0, i - reach); j <= Math.min(bins.length - 1, i + reach); j++) {
      const k = kernel[Math.abs(i - j)];
      sum += k * bins[j];
      mass += k;
    }
    return sum / mass;
  });
}
