import { logAddExp } from "../math/log-sum-exp.ts";
import { covariance } from "../math/moments.ts";
import type { Rng } from "../math/rng.ts";
import { symmetricEigen } from "../math/symmetric-eigen.ts";
import { drawEllipsoid, type Ellipsoid, wrapEllipsoid } from "./ellipsoid.ts";
import { insideCube } from "./inside-cube.ts";

/** Points of one part, by index, and ln of the volume of its ellipsoid inside the unit cube. */
interface Part {
  readonly members: Uint32Array;
  readonly logVolume: number;
}

/**
 * Splits points (N, D) into parts whose wrapping ellipsoids have the least volume together: each part is halved by 2-means,
 * halves are halved further, and a split stays where the halves' best total is below 0.7 of the whole.
 * After Shaw, Bridges & Hobson 2007 (MNRAS 378, 1365) and Feroz, Hobson & Bridges 2009 (MNRAS 398, 1601).
 */
export function partition(points: Float64Array, n: number, d: number, rng: Rng): readonly Uint32Array[] {
  const all = Uint32Array.from({ length: n }, (_, i) => i);
  return bestParts(points, d, all, rng, 0).map((part) => part.members);
}

function bestParts(points: Float64Array, d: number, members: Uint32Array, rng: Rng, depth: number): Part[] {
  const whole = { members, logVolume: volumeInCube(points, d, members, rng) };
  if (members.length < 8 * (d + 1) || depth > 8) return [whole];
  const halves = twoMeans(points, d, members);
  if (halves.some((half) => half.length < 4 * (d + 1))) return [whole];
  const parts = halves.flatMap((half) => bestParts(points, d, half, rng, depth + 1));
  const total = parts.reduce((sum, part) => logAddExp(sum, part.logVolume), -Infinity);
  return total < whole.logVolume + Math.log(0.7) ? parts : [whole];
}

/** ln volume of the part's ellipsoid inside the cube, with what the bootstrap will add for few points (about D^2/n). */
function volumeInCube(points: Float64Array, d: number, members: Uint32Array, rng: Rng): number {
  const ellipsoid = wrapEllipsoid(gatherRows(points, d, members), members.length, d);
  return ellipsoid.logVolume + Math.log(fractionInCube(ellipsoid, rng)) + (d * (d + 3)) / members.length;
}

function fractionInCube(ellipsoid: Ellipsoid, rng: Rng): number {
  const draws = 100;
  const u = new Float64Array(ellipsoid.dimension);
  const scratch = new Float64Array(ellipsoid.dimension);
  let inside = 1;
  for (let i = 0; i < draws; i++) {
    drawEllipsoid(u, ellipsoid.center, ellipsoid.factor, ellipsoid.radius, rng, scratch);
    if (insideCube(u)) inside++;
  }
  return inside / (draws + 1);
}

export function gatherRows(points: Float64Array, d: number, members: Uint32Array): Float64Array {
  const rows = new Float64Array(members.length * d);
  members.forEach((i, k) => {
    for (let j = 0; j < d; j++) rows[k * d + j] = points[i * d + j];
  });
  return rows;
}

/** Lloyd's 2-means from two centres on the longest principal axis, one standard deviation to either side. */
function twoMeans(
  points: Float64Array,
  d: number,
  members: Uint32Array,
): readonly [Uint32Array, Uint32Array] {
  const rows = gatherRows(points, d, members);
  const axis = symmetricEigen(covariance(rows, members.length, d), d);
  const mean = rows.reduce((sum, x, k) => {
    sum[k % d] += x / members.length;
    return sum;
  }, new Float64Array(d));
  const reach = Math.sqrt(axis.values[0]);
  let low: Float64Array = mean.map((m, j) => m - reach * axis.vectors[j]);
  let high: Float64Array = mean.map((m, j) => m + reach * axis.vectors[j]);
  let isHigh = new Uint8Array(members.length);
  for (let pass = 0; pass < 10; pass++) {
    isHigh = isHigh.map((_, k) => (distance(rows, k, low) > distance(rows, k, high) ? 1 : 0));
    low = centre(rows, isHigh, 0, d);
    high = centre(rows, isHigh, 1, d);
  }
  return [members.filter((_, k) => isHigh[k] === 0), members.filter((_, k) => isHigh[k] === 1)];
}

function distance(rows: Float64Array, k: number, from: Float64Array): number {
  const d = from.length;
  let sum = 0;
  for (let j = 0; j < d; j++) sum += (rows[k * d + j] - from[j]) ** 2;
  return sum;
}

function centre(rows: Float64Array, side: Uint8Array, which: number, d: number): Float64Array {
  const sum = new Float64Array(d);
  let count = 0;
  for (let k = 0; k < side.length; k++) {
    if (side[k] !== which) continue;
    count++;
    for (let j = 0; j < d; j++) sum[j] += rows[k * d + j];
  }
  return sum.map((s) => s / Math.max(1, count));
}
