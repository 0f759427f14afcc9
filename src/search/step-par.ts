import { type FitProblem, restarted, startingValues } from "./fit-problem.ts";
import { levenbergMarquardt } from "./levenberg-marquardt.ts";

/** One stepped parameter. */
export interface StepAxis {
  readonly index: number;
  readonly from: number;
  readonly to: number;
  /** Steps >= 1: there are steps + 1 values, both ends included. */
  readonly steps: number;
  /** Equal ratios in place of equal differences. */
  readonly logarithmic?: boolean;
}

export interface StepParOptions {
  /** Fall of the statistic that ends a fit. XSPEC: 0.01. */
  readonly criticalDelta?: number;
}

export interface StepGrid {
  /** Values of each axis. */
  readonly values: readonly Float64Array[];
  /** Statistic at each point of the grid, the last axis fastest. */
  readonly statistic: Float64Array;
  /** All parameters (P) at each point, one row a point. */
  readonly x: Float64Array;
  /** Index of the lowest point. */
  readonly lowest: number;
}

/**
 * The statistic on a grid of one or more parameters, minimised over all others at every point. XSPEC's `steppar`. A refit
 * starts from its neighbour's result: the point before along the last axis, or in a row's first point the first of the
 * row before.
 */
export function stepPar(
  problem: FitProblem,
  axes: readonly StepAxis[],
  { criticalDelta = 0.01 }: StepParOptions = {},
): StepGrid {
  const values = axes.map(axisValues);
  const points = values.reduce((product, axis) => product * axis.length, 1);
  const size = problem.parameters.length;
  const statistic = new Float64Array(points);
  const x = new Float64Array(points * size);
  const held = axes.map(({ index }) => index);
  for (let point = 0; point < points; point++) {
    const at = gridIndices(point, values);
    const neighbour = neighbourOf(at, values);
    const start =
      neighbour === undefined ? startingValues(problem) : x.slice(neighbour * size, (neighbour + 1) * size);
    axes.forEach(({ index }, a) => {
      start[index] = values[a][at[a]];
    });
    const fit = levenbergMarquardt(restarted(problem, start, held), { criticalDelta, renormalise: false });
    statistic[point] = fit.statistic;
    x.set(fit.x, point * size);
  }
  const lowest = statistic.reduce((best, value, point) => (value < statistic[best] ? point : best), 0);
  return { values, statistic, x, lowest };
}

function axisValues({ from, to, steps, logarithmic = false }: StepAxis): Float64Array {
  const at = (t: number) => (logarithmic ? from * (to / from) ** t : from + (to - from) * t);
  return Float64Array.from({ length: steps + 1 }, (_, i) => (i === steps ? to : at(i / steps)));
}

function gridIndices(point: number, values: readonly Float64Array[]): number[] {
  const indices: number[] = [];
  let rest = point;
  for (let a = values.length - 1; a >= 0; a--) {
    indices[a] = rest % values[a].length;
    rest = Math.floor(rest / values[a].length);
  }
  return indices;
}

/** The point one step back along the last axis that is not at its start. */
function neighbourOf(at: readonly number[], values: readonly Float64Array[]): number | undefined {
  let stride = 1;
  let flat = 0;
  let back: number | undefined;
  for (let a = values.length - 1; a >= 0; a--) {
    flat += at[a] * stride;
    if (back === undefined && at[a] > 0) back = stride;
    stride *= values[a].length;
  }
  return back === undefined ? undefined : flat - back;
}
