import { poolLogLike } from "./log-like.ts";
import type { Pool } from "./pool.ts";

/** A minimum of the statistic and the numbers of the fits that ended in it, the lowest first. */
export interface Basin {
  readonly theta: Float64Array;
  readonly statistic: number;
  readonly fits: readonly number[];
}

/** Places on the way between two fits at which the statistic is looked at. */
const STEPS = [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875];
/** A rise of the statistic on the way that does not divide two minima. */
const SHALLOW = 1;

/**
 * Sorts the ends of fits, theta (n, D) with their statistics (n), into minima in ascending order: two belong together where the
 * statistic nowhere on the straight way between them rises by more than 1 above the higher one (hill-valley test: Ursem 1999,
 * Congress on Evolutionary Computation). Ends that are not finite belong to none. `penalty` is part of
 * the statistic beside the likelihood.
 */
export async function basins(
  pool: Pool,
  theta: Float64Array,
  statistic: Float64Array,
  D: number,
  penalty: (theta: Float64Array) => number = () => 0,
): Promise<Basin[]> {
  const found: { theta: Float64Array; statistic: number; fits: number[] }[] = [];
  const order = Array.from(statistic.keys())
    .filter((i) => Number.isFinite(statistic[i]))
    .sort((i, j) => statistic[i] - statistic[j] || i - j);
  for (const i of order) {
    const end = theta.slice(i * D, (i + 1) * D);
    const known = await reached(pool, end, statistic[i], found, penalty);
    if (known === undefined) found.push({ theta: end, statistic: statistic[i], fits: [i] });
    else known.fits.push(i);
  }
  return found;
}

/** The first of the minima that no hill divides from the end of a fit. */
async function reached<T extends Pick<Basin, "theta">>(
  pool: Pool,
  end: Float64Array,
  value: number,
  minima: readonly T[],
  penalty: (theta: Float64Array) => number,
): Promise<T | undefined> {
  if (minima.length === 0) return undefined;
  const D = end.length;
  const way = Float64Array.from(
    minima.flatMap(({ theta }) =>
      STEPS.flatMap((step) => Array.from(end, (from, d) => from + step * (theta[d] - from))),
    ),
  );
  const heights = (await poolLogLike(pool, way, D)).map(
    (logLike, k) => -2 * logLike + penalty(way.subarray(k * D, (k + 1) * D)),
  );
  return minima.find((_, m) => STEPS.every((_, s) => heights[m * STEPS.length + s] <= value + SHALLOW));
}
