import { cholesky, choleskyLogDet, solveLower } from "../math/cholesky.ts";
import { lnGamma } from "../math/gamma.ts";
import { columnMeans, covariance } from "../math/moments.ts";
import type { Rng } from "../math/rng.ts";
import { bootstrapCounts } from "./bootstrap.ts";

/** The points u = center + radius L y with |y| <= 1; L (D, D) lower triangular. Plain data. */
export interface Ellipsoid {
  readonly dimension: number;
  readonly center: Float64Array;
  readonly factor: Float64Array;
  readonly radius: number;
  readonly logVolume: number;
}

/**
 * An ellipsoid that wraps the region from which `points` (N, D) are a uniform sample: shape and centre from their
 * covariance and mean, radius the largest Mahalanobis distance of a left-out point over `rounds` bootstrap rounds, in
 * which shape and centre come from the selected points alone (Buchner 2016, Stat. Comp. 26, 383, section 3).
 */
export function boundingEllipsoid(
  points: Float64Array,
  n: number,
  d: number,
  rng: Rng,
  rounds: number,
): Ellipsoid {
  const center = columnMeans(points, n, d);
  const factor = covarianceFactor(covariance(points, n, d), d);
  let radiusSquared = largestDistance(points, n, d, center, factor, () => true);
  for (let round = 0; round < rounds; round++) {
    const counts = bootstrapCounts(n, rng);
    const roundCenter = columnMeans(points, n, d, counts);
    const roundFactor = covarianceFactor(covariance(points, n, d, counts), d);
    const leftOut = largestDistance(points, n, d, roundCenter, roundFactor, (i) => counts[i] === 0);
    radiusSquared = Math.max(radiusSquared, leftOut);
  }
  const radius = Math.sqrt(radiusSquared);
  const logVolume = logBallVolume(d, radius) + 0.5 * choleskyLogDet(factor, d);
  return { dimension: d, center, factor, radius, logVolume };
}

/** ln of the volume of a ball of the given radius in D dimensions. */
export function logBallVolume(d: number, radius: number): number {
  return 0.5 * d * Math.log(Math.PI) - lnGamma(0.5 * d + 1) + d * Math.log(radius);
}

/** Cholesky factor of a covariance; a hair is added to the diagonal where points lie in a subspace. */
export function covarianceFactor(matrix: Float64Array, d: number): Float64Array {
  let largest = 0;
  for (let i = 0; i < d; i++) largest = Math.max(largest, matrix[i * d + i]);
  const floor = largest > 0 ? largest : 1e-30;
  for (let hair = 1e-15; ; hair *= 10) {
    const factor = cholesky(matrix, d);
    if (factor !== undefined) return factor;
    if (!(hair < 1e3)) throw new Error("internal: covariance of live points is not finite");
    for (let i = 0; i < d; i++) matrix[i * d + i] += hair * floor;
  }
}

function largestDistance(
  points: Float64Array,
  n: number,
  d: number,
  center: Float64Array,
  factor: Float64Array,
  counts: (i: number) => boolean,
): number {
  const y = new Float64Array(d);
  let largest = 0;
  for (let i = 0; i < n; i++) {
    if (!counts(i)) continue;
    for (let j = 0; j < d; j++) y[j] = points[i * d + j] - center[j];
    solveLower(y, factor, y, d);
    largest = Math.max(largest, squaredLength(y, d));
  }
  return largest;
}

export function squaredLength(y: Float64Array, d: number): number {
  let sum = 0;
  for (let j = 0; j < d; j++) sum += y[j] * y[j];
  return sum;
}

/** True where `u` (D) lies inside; `scratch` (D) is overwritten. */
export function insideEllipsoid(ellipsoid: Ellipsoid, u: Float64Array, scratch: Float64Array): boolean {
  const { dimension: d, center, factor, radius } = ellipsoid;
  for (let j = 0; j < d; j++) scratch[j] = u[j] - center[j];
  solveLower(scratch, factor, scratch, d);
  return squaredLength(scratch, d) <= radius * radius;
}

/** out (D) = center + L y, y uniform in the ball of the given radius. */
export function drawEllipsoid(
  out: Float64Array,
  center: Float64Array,
  factor: Float64Array,
  radius: number,
  rng: Rng,
  scratch: Float64Array,
): void {
  const d = center.length;
  drawInBall(scratch, radius, rng);
  for (let i = 0; i < d; i++) {
    let sum = center[i];
    for (let j = 0; j <= i; j++) sum += factor[i * d + j] * scratch[j];
    out[i] = sum;
  }
}

/** out (D) uniform in the ball of the given radius around the origin. */
export function drawInBall(out: Float64Array, radius: number, rng: Rng): void {
  const d = out.length;
  for (let j = 0; j < d; j++) out[j] = rng.normal();
  const scale = (radius * rng.uniform() ** (1 / d)) / Math.sqrt(squaredLength(out, d));
  for (let j = 0; j < d; j++) out[j] *= scale;
}
