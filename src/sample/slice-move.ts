import type { Rng } from "../math/rng.ts";
import { logLikeAt } from "./evaluate.ts";
import { insideCube } from "./inside-cube.ts";
import type { NestedProblem } from "./nested-types.ts";
import type { MayBeAbove } from "./screen.ts";

/** A point of the walk, changed in place. */
export interface Walker {
  readonly u: Float64Array;
  readonly theta: Float64Array;
  logLike: number;
}

export interface SliceResult {
  readonly evaluations: number;
  /** Mean length of the slices that were found, in units of the directions. */
  readonly width: number;
}

/**
 * Moves the walker by `moves` slices of the unit cube within ln L > threshold, each along a random direction L n of the
 * whitened space (L = factor (D, D), n a unit vector), with stepping out from `width` and shrinkage.
 * Points that a screen rules out are not evaluated. Leaves the uniform distribution inside the contour unchanged. Neal 2003, Ann. Stat. 31, 705; 5 D moves decorrelate a
 * point from its start (Handley, Hobson & Lasenby 2015, MNRAS 453, 4384).
 */
export function sliceMoves(
  walker: Walker,
  problem: NestedProblem,
  threshold: number,
  factor: Float64Array,
  moves: number,
  width: number,
  rng: Rng,
  screen?: MayBeAbove,
): SliceResult {
  const direction = new Float64Array(walker.u.length);
  let evaluations = 0;
  let lengths = 0;
  for (let move = 0; move < moves; move++) {
    drawDirection(direction, factor, rng);
    const found = sliceOnce(walker, problem, threshold, direction, width, rng, screen);
    evaluations += found.evaluations;
    lengths += found.width;
  }
  return { evaluations, width: lengths / moves };
}

function drawDirection(out: Float64Array, factor: Float64Array, rng: Rng): void {
  const d = out.length;
  const n = Float64Array.from({ length: d }, () => rng.normal());
  const length = Math.hypot(...n);
  for (let i = 0; i < d; i++) {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += (factor[i * d + j] * n[j]) / length;
    out[i] = sum;
  }
}

function sliceOnce(
  walker: Walker,
  problem: NestedProblem,
  threshold: number,
  direction: Float64Array,
  width: number,
  rng: Rng,
  screen?: MayBeAbove,
): SliceResult {
  const u = new Float64Array(direction.length);
  const theta = new Float64Array(direction.length);
  let evaluations = 0;
  const passes = Uint8Array.of(1);
  const valueAt = (t: number): number => {
    for (let j = 0; j < u.length; j++) u[j] = walker.u[j] + t * direction[j];
    if (!insideCube(u)) return -Infinity;
    problem.transform(theta, u);
    screen?.(passes, theta, 1, threshold);
    if (passes[0] === 0) return -Infinity;
    evaluations++;
    return logLikeAt(problem, theta);
  };
  let low = -width * rng.uniform();
  let high = low + width;
  while (valueAt(low) > threshold) low -= width;
  while (valueAt(high) > threshold) high += width;
  const length = high - low;
  for (;;) {
    const t = low + rng.uniform() * (high - low);
    const logLike = valueAt(t);
    if (logLike > threshold) {
      walker.u.set(u);
      walker.theta.set(theta);
      walker.logLike = logLike;
      return { evaluations, width: length };
    }
    // Where rounding leaves no other point than the present one the walker stays.
    if (high - low < 1e-14 * length) return { evaluations, width: length };
    if (t < 0) low = t;
    else high = t;
  }
}
