import { clampInto } from "./bounds.ts";
import { nelderMead } from "./nelder-mead.ts";
import { newtonDescent } from "./newton.ts";
import type { SearchParameter, Statistic } from "./types.ts";

export interface MinimiseOptions {
  /** Fall of the statistic that does not matter any more. 1e-7: minima are good to 1e-6. */
  readonly tolerance?: number;
  /** Rounds of Newton and, where that does not converge, simplex. */
  readonly rounds?: number;
}

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly evaluations: number;
  readonly converged: boolean;
}

/**
 * Local minimum of a statistic near `start` (D) inside the parameters' limits: damped Newton with numerical derivatives,
 * and where that does not converge (kinks, infinities, noise) a downhill simplex and Newton again. For D up to about 10
 * and statistics on the scale of -2 ln L (changes of 1 matter); a few hundred evaluations near a smooth minimum.
 * The value is never above the one at the (clamped) start. `converged` false: the result is the lowest point met.
 */
export function minimise(
  f: Statistic,
  start: ArrayLike<number>,
  parameters: readonly SearchParameter[],
  { tolerance = 1e-7, rounds = 4 }: MinimiseOptions = {},
): Minimum {
  let evaluations = 0;
  const counted: Statistic = (x) => {
    evaluations++;
    const value = f(x);
    return Number.isFinite(value) ? value : Infinity;
  };
  let best = newtonDescent(counted, clampInto(Float64Array.from(start), parameters), parameters, tolerance);
  for (let round = 1; round < rounds && !best.converged; round++) {
    const before = best.value;
    const simplex = nelderMead(counted, best.x, parameters, tolerance);
    const newton = newtonDescent(counted, simplex.x, parameters, tolerance);
    best = newton.value <= simplex.value ? newton : simplex;
    // A simplex that finds nothing below where the last round ended has settled, smooth or not.
    if (!best.converged && simplex.converged && before - best.value < tolerance)
      best = { ...best, converged: true };
  }
  return { ...best, evaluations };
}
