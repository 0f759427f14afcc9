import type { Rng } from "../math/rng.ts";
import { logLikesAt, transformMany } from "./evaluate.ts";
import type { NestedProblem, NestedState } from "./nested-types.ts";
import { copyPoint, emptyPoints, pushPoint } from "./points.ts";
import { buildRegion, drawFromRegion } from "./region.ts";
import { currentScreen } from "./screen.ts";
import { sliceMoves, type Walker } from "./slice-move.ts";

/** A new region is built when the prior volume has shrunk by this much in ln (a factor 0.8, as UltraNest). */
const REBUILD_AFTER = 0.223;

/** Shrinkage in ln after which the region is tried again instead of slices. */
const SLICES_FOR = 1;

/** What it costs to screen a point, in evaluations. */
const SCREENING_COST = 0.1;

/** Points that pass the screen are evaluated one in so many live points at a time, so that few are outlived unused. */
const FRESH = 16;

/** A point that takes the place of a dead one; undefined where none is found. */
export function replacement(
  state: NestedState,
  problem: NestedProblem,
  threshold: number,
  rng: Rng,
): Walker | undefined {
  for (;;) {
    const region = currentRegion(state, rng);
    if (state.logVolume > state.sliceUntil - SLICES_FOR && state.sliceUntil !== Infinity) {
      return bySlices(state, problem, threshold, rng);
    }
    const found = nextPending(state, threshold);
    if (found !== undefined) return found;
    if (regionIsPoor(state)) {
      state.sliceUntil = state.logVolume;
      state.proposed = 0;
      state.accepted = 0;
    } else if (!propose(state, problem, threshold, region, rng)) {
      state.sliceUntil = state.logVolume;
    }
  }
}

function currentRegion(state: NestedState, rng: Rng): NonNullable<NestedState["region"]> {
  const { region, live, logVolume, dimension: d } = state;
  if (region !== undefined && region.ellipsoidsBuiltAt - logVolume < REBUILD_AFTER) return region;
  state.region = buildRegion(live.u, live.count, d, logVolume, rng, region);
  state.proposed = 0;
  state.accepted = 0;
  return state.region;
}

/** Slices cost about 5 D moves of 6 evaluations; a region that needs more for one success, after 20 of them, is worse. */
function regionIsPoor(state: NestedState): boolean {
  const sliceCost = 30 * state.dimension;
  return state.proposed > 20 * sliceCost && state.proposed > sliceCost * (state.accepted + 1);
}

/**
 * Evaluates points uniform in the region into `pending`, those that pass the screen; false where the region could not be drawn
 * from, or too few of its points pass.
 */
function propose(
  state: NestedState,
  problem: NestedProblem,
  threshold: number,
  region: NonNullable<NestedState["region"]>,
  rng: Rng,
): boolean {
  const d = state.dimension;
  const draws = problem.logLikes === undefined ? 1 : state.options.batch;
  const screen = currentScreen(state, problem);
  const wanted = screen === undefined ? draws : Math.min(draws, Math.ceil(state.live.count / FRESH));
  const u = new Float64Array(draws * d);
  const drawn = new Float64Array(draws * d);
  const passes = new Uint8Array(draws).fill(1);
  const chosen = emptyPoints(d, wanted);
  while (chosen.count < wanted) {
    for (let i = 0; i < draws; i++) {
      if (!drawFromRegion(u.subarray(i * d, i * d + d), region, rng)) return false;
    }
    transformMany(problem, drawn, u, draws);
    screen?.(passes, drawn, draws, threshold);
    for (let i = 0; i < draws && chosen.count < wanted; i++) {
      const end = i * d + d;
      if (passes[i] === 1) pushPoint(chosen, d, u.subarray(i * d, end), drawn.subarray(i * d, end), 0, 0);
      else state.proposed += SCREENING_COST;
    }
    if (regionIsPoor(state)) break;
  }
  logLikesAt(problem, chosen.logLike, chosen.theta, chosen.count);
  state.evaluations += chosen.count;
  for (let i = chosen.count - 1; i >= 0; i--) copyPoint(state.pending, chosen, i, d);
  return chosen.count > 0;
}

/**
 * The next pending point above the threshold. One that was drawn in an older, larger region is still uniform inside the
 * present contour once it lies above the threshold.
 */
function nextPending(state: NestedState, threshold: number): Walker | undefined {
  const { pending, dimension: d } = state;
  while (pending.count > 0) {
    const i = --pending.count;
    state.proposed++;
    if (!(pending.logLike[i] > threshold)) continue;
    state.accepted++;
    const u = pending.u.slice(i * d, i * d + d);
    return { u, theta: pending.theta.slice(i * d, i * d + d), logLike: pending.logLike[i] };
  }
  return undefined;
}

function bySlices(
  state: NestedState,
  problem: NestedProblem,
  threshold: number,
  rng: Rng,
): Walker | undefined {
  const { live, dimension: d, region } = state;
  const start = pickAbove(live, threshold, rng);
  if (start === undefined || region === undefined) return undefined;
  const walker = {
    u: live.u.slice(start * d, start * d + d),
    theta: live.theta.slice(start * d, start * d + d),
    logLike: live.logLike[start],
  };
  const { factor } = region.friends;
  const screen = currentScreen(state, problem);
  const result = sliceMoves(walker, problem, threshold, factor, 5 * d, state.sliceWidth, rng, screen);
  state.evaluations += result.evaluations;
  state.sliceWidth += 0.1 * (result.width - state.sliceWidth);
  return walker;
}

/** A random live point above the threshold; undefined where there is none. */
function pickAbove({ count, logLike }: NestedState["live"], threshold: number, rng: Rng): number | undefined {
  const first = Math.floor(rng.uniform() * count);
  if (logLike[first] > threshold) return first;
  const above = Array.from({ length: count }, (_, i) => i).filter((i) => logLike[i] > threshold);
  return above.length === 0 ? undefined : above[Math.floor(rng.uniform() * above.length)];
}
