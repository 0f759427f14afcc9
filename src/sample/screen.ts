import type { NestedProblem, NestedState, Screen } from "./nested-types.ts";

/** A new screen is made when the prior volume has shrunk by half. */
const REBUILD_AFTER = Math.LN2;

/** Whether the points theta (n, D) may lie above the threshold: out (n) = 1; those with 0 surely do not. */
export type MayBeAbove = (out: Uint8Array, theta: Float64Array, n: number, threshold: number) => void;

/**
 * The screen for the present contour, undefined where the problem has no nearby likelihood or that one is of no use. The
 * reference is the best live point. How much the near ln L falls short of the true one is known at all live points, a uniform
 * sample of the contour, and varies smoothly between them: the slack is the largest shortfall they have, and once more the whole
 * range of it.
 */
export function currentScreen(state: NestedState, problem: NestedProblem): MayBeAbove | undefined {
  if (problem.nearby === undefined) return undefined;
  if (state.screen === undefined || state.screen.builtAt - state.logVolume > REBUILD_AFTER)
    state.screen = makeScreen(state, problem.nearby);
  const { reference, slack } = state.screen;
  if (!(slack < Infinity)) return undefined;
  const near = problem.nearby(reference);
  return (out, theta, n, threshold) => {
    const logLike = new Float64Array(n);
    near(logLike, theta, n);
    for (let i = 0; i < n; i++) out[i] = logLike[i] + slack <= threshold ? 0 : 1;
  };
}

function makeScreen(
  { live, logVolume, dimension: d }: NestedState,
  nearby: NonNullable<NestedProblem["nearby"]>,
): Screen {
  const n = live.count;
  let best = 0;
  for (let i = 1; i < n; i++) if (live.logLike[i] > live.logLike[best]) best = i;
  const reference = live.theta.slice(best * d, best * d + d);
  const near = new Float64Array(n);
  nearby(reference)(near, live.theta, n);
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < n; i++) {
    const shortfall = live.logLike[i] - near[i];
    least = Math.min(least, shortfall);
    most = Math.max(most, shortfall);
  }
  return { reference, slack: Number.isFinite(least) ? 2 * most - least : Infinity, builtAt: logVolume };
}
