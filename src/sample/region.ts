import type { Rng } from "../math/rng.ts";
import { countEllipsoids, drawMember, type EllipsoidUnion, ellipsoidUnion } from "./ellipsoid-union.ts";
import { countFriends, drawFriend, type Friends, friends } from "./friends.ts";
import { insideCube } from "./inside-cube.ts";

const BOOTSTRAP_ROUNDS = 30;

/** Where the contour of the lowest live point may lie: union of ellipsoids, union of balls and unit cube, intersected. */
export interface Region {
  readonly ellipsoids: EllipsoidUnion;
  readonly friends: Friends;
  /** ln of the prior volume when each part was built. */
  readonly ellipsoidsBuiltAt: number;
  readonly friendsBuiltAt: number;
}

/**
 * A region from live points `u` (N, D), a uniform sample of a contour of prior volume exp(logVolume). An older region
 * still holds the contour: it is kept where the new one is larger, and the costly balls until the volume has shrunk by half. 30 bootstrap rounds, as UltraNest.
 */
export function buildRegion(
  u: Float64Array,
  n: number,
  d: number,
  logVolume: number,
  rng: Rng,
  previous?: Region,
): Region {
  const wrapped = ellipsoidUnion(u, n, d, rng, BOOTSTRAP_ROUNDS);
  const older = previous?.ellipsoids;
  const ellipsoids = older !== undefined && older.logTotalVolume < wrapped.logTotalVolume ? older : wrapped;
  if (previous !== undefined && previous.friendsBuiltAt - logVolume < Math.LN2) {
    return { ...previous, ellipsoids, ellipsoidsBuiltAt: logVolume };
  }
  const fresh = friends(u, n, d, rng, BOOTSTRAP_ROUNDS);
  const kept = previous?.friends;
  const balls = kept !== undefined && kept.logTotalVolume < fresh.logTotalVolume ? kept : fresh;
  return { ellipsoids, friends: balls, ellipsoidsBuiltAt: logVolume, friendsBuiltAt: logVolume };
}

/**
 * out (D) = a point uniform in the region; false where none was found in `tries`.
 * Proposes from whichever of cube, ellipsoids and balls has the least volume and rejects what lies outside the others; a
 * point of k members of what it was drawn from is kept with probability 1/k.
 */
export function drawFromRegion(out: Float64Array, region: Region, rng: Rng, tries = 10_000): boolean {
  const { ellipsoids, friends: balls } = region;
  const scratch = new Float64Array(out.length);
  const source = smallest(region);
  const mostBalls = source === "balls" ? Infinity : 1;
  const mostEllipsoids = source === "ellipsoids" ? Infinity : 1;
  for (let attempt = 0; attempt < tries; attempt++) {
    if (source === "cube") for (let j = 0; j < out.length; j++) out[j] = rng.uniform();
    else if (source === "balls") drawFriend(out, balls, rng, scratch);
    else drawMember(out, ellipsoids, rng, scratch);
    if (!insideCube(out)) continue;
    const inEllipsoids = countEllipsoids(ellipsoids, out, scratch, mostEllipsoids);
    if (inEllipsoids === 0 || (inEllipsoids > 1 && rng.uniform() * inEllipsoids > 1)) continue;
    const inBalls = countFriends(balls, out, scratch, mostBalls);
    if (inBalls > 0 && (inBalls === 1 || rng.uniform() * inBalls < 1)) return true;
  }
  return false;
}

function smallest({ ellipsoids, friends: balls }: Region): "cube" | "ellipsoids" | "balls" {
  if (Math.min(ellipsoids.logTotalVolume, balls.logTotalVolume) > 0) return "cube";
  return balls.logTotalVolume < ellipsoids.logTotalVolume ? "balls" : "ellipsoids";
}
