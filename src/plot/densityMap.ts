import { contours } from "d3-contour";
import { effectiveSize } from "./densityCurve.ts";
import type { Numbers } from "./scene.ts";

/** Weighted sample of two variables smoothed on a grid of n x n cells (row-major, row = y). */
export interface DensityMap {
  readonly cells: number;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  readonly density: Float64Array;
  /** Share of the sample in each cell, not smoothed. */
  readonly mass: Float64Array;
}

/**
 * Density of a weighted sample by a Gaussian kernel with the sample's own covariance, so that narrow degeneracies stay
 * narrow, times h^2, h = n^(-1/6) with the effective n (Scott 1992, eq. 6.42). Renormalised at the edges of the grid, which should be those of the sample.
 */
export function densityMap(
  x: Numbers,
  y: Numbers,
  weights: Numbers,
  xRange: readonly [number, number],
  yRange: readonly [number, number],
  cells = 96,
): DensityMap {
  const mass = binPairs(x, y, weights, xRange, yRange, cells);
  const h = Math.max(1, effectiveSize(weights)) ** (-1 / 6);
  const density = smoothGrid(mass, cells, scaledKernel(mass, cells, h));
  return { cells, xRange, yRange, density, mass };
}

function binPairs(
  x: Numbers,
  y: Numbers,
  weights: Numbers,
  [x0, x1]: readonly [number, number],
  [y0, y1]: readonly [number, number],
  cells: number,
): Float64Array {
  const mass = new Float64Array(cells * cells);
  const perX = cells / (x1 - x0);
  const perY = cells / (y1 - y0);
  let total = 0;
  for (let i = 0; i < x.length; i++) {
    if (!(x[i] >= x0 && x[i] <= x1 && y[i] >= y0 && y[i] <= y1)) continue;
    const column = Math.min(cells - 1, Math.floor((x[i] - x0) * perX));
    const row = Math.min(cells - 1, Math.floor((y[i] - y0) * perY));
    mass[row * cells + column] += weights[i];
    total += weights[i];
  }
  return total > 0 ? mass.map((value) => value / total) : mass;
}

interface Kernel {
  readonly reach: number;
  readonly values: Float64Array;
}

/** Kernel on the cells: covariance of the mass in cells times h^2, at least 0.6 cells wide in each direction. */
function scaledKernel(mass: Float64Array, cells: number, h: number): Kernel {
  const { xx, xy, yy } = gridCovariance(mass, cells);
  const a = xx * h * h + 0.36;
  const b = xy * h * h;
  const c = yy * h * h + 0.36;
  const determinant = a * c - b * b;
  const reach = Math.min(Math.floor(cells / 3), Math.ceil(3 * Math.sqrt(Math.max(a, c))));
  const side = 2 * reach + 1;
  const values = new Float64Array(side * side);
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const distance = (c * dx * dx - 2 * b * dx * dy + a * dy * dy) / determinant;
      values[(dy + reach) * side + dx + reach] = distance < 12 ? Math.exp(-0.5 * distance) : 0;
    }
  }
  return { reach, values };
}

function gridCovariance(mass: Float64Array, cells: number) {
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  for (let k = 0; k < mass.length; k++) {
    const column = k % cells;
    const row = (k - column) / cells;
    sx += mass[k] * column;
    sy += mass[k] * row;
    sxx += mass[k] * column * column;
    sxy += mass[k] * column * row;
    syy += mass[k] * row * row;
  }
  return { xx: Math.max(0, sxx - sx * sx), xy: sxy - sx * sy, yy: Math.max(0, syy - sy * sy) };
}

/** Scatters each occupied cell over its neighbours; divides by the kernel's share that stays inside the grid. */
function smoothGrid(mass: Float64Array, cells: number, { reach, values }: Kernel): Float64Array {
  const sum = new Float64Array(mass.length);
  const side = 2 * reach + 1;
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      const m = mass[row * cells + column];
      if (m === 0) continue;
      const firstRow = Math.max(0, row - reach);
      const lastRow = Math.min(cells - 1, row + reach);
      const first = Math.max(0, column - reach);
      const last = Math.min(cells - 1, column + reach);
      for (let r = firstRow; r <= lastRow; r++) {
        const from = (r - row + reach) * side + reach - column;
        const to = r * cells;
        for (let c = first; c <= last; c++) sum[to + c] += m * values[from + c];
      }
    }
  }
  return divideByInside(sum, cells, reach, values);
}

/** Kernel mass inside the grid, from a table of its sums over quadrants (summed-area table). */
function divideByInside(sum: Float64Array, cells: number, reach: number, kernel: Float64Array): Float64Array {
  const side = 2 * reach + 1;
  const table = new Float64Array((side + 1) * (side + 1));
  for (let r = 0; r < side; r++) {
    let line = 0;
    for (let c = 0; c < side; c++) {
      line += kernel[r * side + c];
      table[(r + 1) * (side + 1) + c + 1] = table[r * (side + 1) + c + 1] + line;
    }
  }
  const at = (r: number, c: number) => table[r * (side + 1) + c];
  const lowEdge = (i: number) => Math.max(0, reach - i);
  const highEdge = (i: number) => Math.min(side, reach + cells - i);
  return sum.map((value, k) => {
    const column = k % cells;
    const row = (k - column) / cells;
    const [r0, r1, c0, c1] = [lowEdge(row), highEdge(row), lowEdge(column), highEdge(column)];
    const inside = at(r1, c1) - at(r0, c1) - at(r1, c0) + at(r0, c0);
    return value / inside;
  });
}

/**
 * Density above which the given share of the sample lies. The sample itself is counted, not the smoothed density, so
 * that smoothing does not widen the contour.
 */
export function enclosingLevel({ density, mass }: DensityMap, share: number): number {
  let low = 0;
  let high = 0;
  for (const value of density) high = Math.max(high, value);
  for (let step = 0; step < 40; step++) {
    const level = (low + high) / 2;
    let enclosed = 0;
    for (let k = 0; k < density.length; k++) if (density[k] >= level) enclosed += mass[k];
    if (enclosed >= share) low = level;
    else high = level;
  }
  return low;
}

/** Rings (x, y, x, y, ...; data coordinates) of the contour that encloses the given share of the sample. */
export function enclosingContour(map: DensityMap, share: number): number[][] {
  const { cells, xRange, yRange, density } = map;
  const level = enclosingLevel(map, share);
  const shape = contours().size([cells, cells]).contour(Array.from(density), level);
  const place = (at: number, [lo, hi]: readonly [number, number]) => lo + ((hi - lo) * at) / cells;
  return shape.coordinates.flatMap((polygon) =>
    polygon.map((ring) => ring.flatMap(([column, row]) => [place(column, xRange), place(row, yRange)])),
  );
}
