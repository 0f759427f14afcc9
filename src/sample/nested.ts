import { InputError } from "../errors.ts";
import { logAddExp } from "../math/log-sum-exp.ts";
import { stream } from "../math/random.ts";
import type { Rng } from "../math/rng.ts";
import { evaluateMany } from "./evaluate.ts";
import type { NestedOptions, NestedProblem, NestedState, Points } from "./nested-types.ts";
import { copyPoint, emptyPoints, lowest, pushPoint, setPoint } from "./points.ts";
import { replacement } from "./replacement.ts";

/**
 * Starts a nested sampling run: live points drawn from the prior until `livePoints` of them have a finite likelihood.
 *
 *   Z = int L(X) dX,  X the prior volume with a likelihood above L;  each death among n points shrinks X by exp(-1/n)
 *
 * Skilling 2006, Bayesian Analysis 1, 833. Points that share the lowest likelihood (a plateau) die together before any is
 * replaced: Fowlie, Handley & Su 2021, MNRAS 503, 1199.
 * InputError where `livePoints` is too small, or (almost) no draw from the prior has a finite likelihood.
 */
export function initNested(
  problem: NestedProblem,
  {
    livePoints = 400,
    seed = 0,
    run = 0,
    remainder = 0.01,
    priorDraws = 50_000,
    batch = 32,
  }: Partial<NestedOptions> = {},
): NestedState {
  const d = problem.dimension;
  const fewest = Math.max(20, 4 * d);
  if (!(livePoints >= fewest)) {
    throw new InputError(
      `nested sampling needs at least ${fewest} live points for ${d} parameters, found ${livePoints}`,
    );
  }
  const options = { livePoints, seed, run, remainder, priorDraws, batch };
  const live = emptyPoints(d, livePoints);
  const draws = drawLivePoints(live, problem, options);
  return {
    dimension: d,
    options,
    live,
    dead: emptyPoints(d, 16 * livePoints),
    insertion: [],
    pending: emptyPoints(d, batch),
    region: undefined,
    screen: undefined,
    sliceUntil: Infinity,
    sliceWidth: 1,
    iteration: 0,
    evaluations: draws,
    priorDraws: draws,
    logVolume: logFiniteFraction(livePoints, draws),
    logZ: -Infinity,
    remaining: 1,
    proposed: 0,
    accepted: 0,
    streams: 0,
    done: false,
    warning: undefined,
  };
}

/** ln of the unbiased estimate of a probability where the n-th success came at draw m. */
export function logFiniteFraction(n: number, m: number): number {
  return m === n ? 0 : Math.log((n - 1) / (m - 1));
}

function drawLivePoints(live: Points, problem: NestedProblem, options: NestedOptions): number {
  const { livePoints, seed, run, priorDraws, batch } = options;
  const d = problem.dimension;
  const rng = stream(seed, `nested/${run}/prior`);
  const u = new Float64Array(batch * d);
  const theta = new Float64Array(batch * d);
  const logLike = new Float64Array(batch);
  let draws = 0;
  for (;;) {
    for (let i = 0; i < u.length; i++) u[i] = rng.uniform();
    evaluateMany(problem, logLike, theta, u, batch);
    for (let i = 0; i < batch; i++) {
      draws++;
      if (logLike[i] === -Infinity) continue;
      const end = i * d + d;
      pushPoint(live, d, u.subarray(i * d, end), theta.subarray(i * d, end), logLike[i], live.count);
      if (live.count === livePoints) return draws;
    }
    if (draws >= priorDraws && live.count < 1e-3 * draws) {
      throw new InputError(
        `expected parameters of finite likelihood, found ${live.count} in ${draws} draws from the prior; ` +
          "check that the prior overlaps what the model and the data allow",
      );
    }
  }
}

/**
 * Advances a run by `iterations` replacements, fewer where it ends; changes `state` in place and returns it. The caller
 * loops while not `state.done`, reports `state.logZ` and `state.remaining`, and stops when it likes.
 */
export function stepNested(state: NestedState, problem: NestedProblem, iterations = 100): NestedState {
  for (let i = 0; i < iterations && !state.done; i++) {
    const worst = lowest(state.live);
    if (isFlat(state.live, worst)) {
      state.done = true;
      break;
    }
    replaceTied(state, problem, state.live.logLike[worst]);
    if (state.iteration % Math.ceil(state.options.livePoints / 20) === 0) updateRemaining(state);
  }
  return state;
}

function isFlat(live: Points, worst: number): boolean {
  for (let i = 0; i < live.count; i++) if (live.logLike[i] !== live.logLike[worst]) return false;
  return true;
}

/** All points of likelihood `threshold` die one after the other, then each is replaced by one above it. */
function replaceTied(state: NestedState, problem: NestedProblem, threshold: number): void {
  const { live, dead, dimension: d } = state;
  const tied: number[] = [];
  for (let i = 0; i < live.count; i++) if (live.logLike[i] === threshold) tied.push(i);
  const before = state.logVolume;
  const rng = stream(state.options.seed, `nested/${state.options.run}`, state.streams++);
  const replacements = tied.map(() => replacement(state, problem, threshold, rng));
  if (replacements.includes(undefined)) {
    state.warning = `no point above ln L = ${threshold} was found; the run ended early`;
    state.done = true;
    return;
  }
  tied.forEach((i, k) => {
    copyPoint(dead, live, i, d);
    state.logVolume -= 1 / (live.count - k);
    state.iteration++;
  });
  state.logZ = logAddExp(state.logZ, threshold + before + Math.log(-Math.expm1(state.logVolume - before)));
  tied.forEach((i, k) => {
    const point = replacements[k]!;
    if (tied.length === 1) state.insertion.push(insertionPlace(live, point.logLike, i, rng));
    setPoint(live, i, d, point.u, point.theta, point.logLike, live.thread[i]);
  });
}

/** Fraction of the other live points below the new one, spread over its cell (and ties) at random. */
function insertionPlace(live: Points, logLike: number, replaced: number, rng: Rng): number {
  let below = 0;
  let equal = 0;
  for (let i = 0; i < live.count; i++) {
    if (i === replaced) continue;
    if (live.logLike[i] < logLike) below++;
    else if (live.logLike[i] === logLike) equal++;
  }
  return (below + rng.uniform() * (equal + 1)) / live.count;
}

function updateRemaining(state: NestedState): void {
  const { live } = state;
  let largest = -Infinity;
  for (let i = 0; i < live.count; i++) largest = Math.max(largest, live.logLike[i]);
  let sum = 0;
  for (let i = 0; i < live.count; i++) sum += Math.exp(live.logLike[i] - largest);
  const liveLogZ = largest + Math.log(sum / live.count) + state.logVolume;
  state.remaining = 1 / (1 + Math.exp(state.logZ - liveLogZ));
  if (state.remaining < state.options.remainder) state.done = true;
}
