import { logSumExp } from "../math/log-sum-exp.ts";
import type { Rng } from "../math/rng.ts";
import { bootstrapCounts } from "./bootstrap.ts";
import { drawEllipsoid, type Ellipsoid, enlarge, mahalanobis, wrapEllipsoid } from "./ellipsoid.ts";
import { gatherRows, partition } from "./partition.ts";

/** Union of ellipsoids. `logTotalVolume`: of their volumes added up, overlaps counted as often as they overlap. */
export interface EllipsoidUnion {
  readonly members: readonly Ellipsoid[];
  readonly logTotalVolume: number;
}

/**
 * Ellipsoids that together wrap the region from which `points` (N, D) are a uniform sample. One for each part of the
 * points; all radii are enlarged by the same factor, the largest one that a left-out point needs to lie in any of them
 * over `rounds` bootstrap rounds, in which shapes, centres and radii come from the selected points alone.
 */
export function ellipsoidUnion(
  points: Float64Array,
  n: number,
  d: number,
  rng: Rng,
  rounds: number,
): EllipsoidUnion {
  const parts = partition(points, n, d, rng);
  const part = new Int32Array(n);
  parts.forEach((members, k) => {
    for (const i of members) part[i] = k;
  });
  let factor = 1;
  for (let round = 0; round < rounds; round++) {
    factor = Math.max(factor, neededFactor(points, d, parts, part, bootstrapCounts(n, rng), factor));
  }
  const members = parts.map((rows) =>
    enlarge(wrapEllipsoid(gatherRows(points, d, rows), rows.length, d), factor),
  );
  return { members, logTotalVolume: logSumExp(members.map((ellipsoid) => ellipsoid.logVolume)) };
}

function neededFactor(
  points: Float64Array,
  d: number,
  parts: readonly Uint32Array[],
  part: Int32Array,
  counts: Float64Array,
  known: number,
): number {
  const selected = parts.map((members) => members.filter((i) => counts[i] > 0));
  const wrapped = selected.map((rows) =>
    rows.length > d ? wrapEllipsoid(gatherRows(points, d, rows), rows.length, d) : undefined,
  );
  const scratch = new Float64Array(d);
  let factor = known;
  for (let i = 0; i < counts.length; i++) {
    const own = wrapped[part[i]];
    if (counts[i] > 0 || own === undefined) continue;
    const u = points.subarray(i * d, i * d + d);
    let needed = mahalanobis(own, u, scratch) / own.radius;
    for (let k = 0; k < wrapped.length && needed > factor; k++) {
      const other = wrapped[k];
      if (other !== undefined) needed = Math.min(needed, mahalanobis(other, u, scratch) / other.radius);
    }
    factor = Math.max(factor, needed);
  }
  return factor;
}

/** Number of ellipsoids that hold `u` (D), up to `most`; `scratch` (D) is overwritten. */
export function countEllipsoids(
  { members }: EllipsoidUnion,
  u: Float64Array,
  scratch: Float64Array,
  most: number,
): number {
  let found = 0;
  for (const ellipsoid of members) {
    if (mahalanobis(ellipsoid, u, scratch) <= ellipsoid.radius && ++found === most) break;
  }
  return found;
}

/** out (D) = a uniform point of an ellipsoid that is chosen in proportion to its volume. */
export function drawMember(out: Float64Array, union: EllipsoidUnion, rng: Rng, scratch: Float64Array): void {
  let level = rng.uniform();
  let chosen = union.members[union.members.length - 1];
  for (const ellipsoid of union.members) {
    level -= Math.exp(ellipsoid.logVolume - union.logTotalVolume);
    if (level > 0) continue;
    chosen = ellipsoid;
    break;
  }
  drawEllipsoid(out, chosen.center, chosen.factor, chosen.radius, rng, scratch);
}
