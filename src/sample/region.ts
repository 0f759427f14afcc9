import type { Rng } from "../math/rng.ts";
import { boundingEllipsoid, drawEllipsoid, type Ellipsoid, insideEllipsoid } from "./ellipsoid.ts";
import { countFriends, drawFriend, type Friends, friends } from "./friends.ts";

const BOOTSTRAP_ROUNDS = 30;

/** Where the contour of the lowest live point may lie: ellipsoid, union of balls and unit cube, intersected. */
export interface Region {
  readonly ellipsoid: Ellipsoid;
  readonly friends: Friends;
  /** ln of the prior volume when each part was built. */
  readonly ellipsoidBuiltAt: number;
  readonly friendsBuiltAt: number;
}

/**
 * A region from live points `u` (N, D), a uniform sample of a contour of prior volume exp(logVolume). An older region
 * still holds the contour, so the costly balls are kept until the volume has shrunk by half. 30 bootstrap rounds, as UltraNest.
 */
export function buildRegion(
  u: Float64Array,
  n: number,
  d: number,
  logVolume: number,
  rng: Rng,
  previous?: Region,
): Region {
  const ellipsoid = boundingEllipsoid(u, n, d, rng, BOOTSTRAP_ROUNDS);
  if (previous !== undefined && previous.friendsBuiltAt - logVolume < Math.LN2) {
    return { ...previous, ellipsoid, ellipsoidBuiltAt: logVolume };
  }
  const fresh = friends(u, n, d, rng, BOOTSTRAP_ROUNDS);
  const kept = previous?.friends;
  const balls = kept !== undefined && kept.logTotalVolume < fresh.logTotalVolume ? kept : fresh;
  return { ellipsoid, friends: balls, ellipsoidBuiltAt: logVolume, friendsBuiltAt: logVolume };
}

/**
 * out (D) = a point uniform in the region; false where none was found in `tries`.
 * Proposes from whichever of cube, ellipsoid and balls has the least volume and rejects what lies outside the others; a
 * point of k balls is kept with probability 1/k.
 */
export function drawFromRegion(out: Float64Array, region: Region, rng: Rng, tries = 10_000): boolean {
  const { ellipsoid, friends: balls } = region;
  const scratch = new Float64Array(out.length);
  const cubeIsSmallest = Math.min(ellipsoid.logVolume, balls.logTotalVolume) > 0;
  const fromBalls = !cubeIsSmallest && balls.logTotalVolume < ellipsoid.logVolume;
  for (let attempt = 0; attempt < tries; attempt++) {
    if (cubeIsSmallest) for (let j = 0; j < out.length; j++) out[j] = rng.uniform();
    else if (fromBalls) drawFriend(out, balls, rng, scratch);
    else drawEllipsoid(out, ellipsoid.center, ellipsoid.factor, ellipsoid.radius, rng, scratch);
    if (!insideCube(out)) continue;
    if ((cubeIsSmallest || fromBalls) && !insideEllipsoid(ellipsoid, out, scratch)) continue;
    const overlap = countFriends(balls, out, scratch, fromBalls ? Infinity : 1);
    if (overlap > 0 && (!fromBalls || rng.uniform() * overlap < 1)) return true;
  }
  return false;
}

export function insideCube(u: Float64Array): boolean {
  for (let j = 0; j < u.length; j++) if (!(u[j] > 0 && u[j] < 1)) return false;
  return true;
}
