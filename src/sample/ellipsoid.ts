import { cholesky, choleskyLogDet, solveLower } from "../math/cholesky.ts";
import { lnGamma } from "../math/gamma.ts";
import { columnMeans, covariance } from "../math/moments.ts";
import type { Rng } from "../math/rng.ts";

/** The points u = center + radius L y with |y| <= 1; L (D, D) lower triangular. Plain data. */
export interface Ellipsoid {
  readonly dimension: number;
  readonly center: Float64Array;
  readonly factor: Float64Array;
  readonly radius: number;
  readonly logVolume: number;
}

/** The ellipsoid of the shape of the points' (N, D) covariance, around their mean, that just holds them all. */
export function wrapEllipsoid(points: Float64Array, n: number, d: number): Ellipsoid {
  const center = columnMeans(points, n, d);
  const factor = covarianceFactor(covariance(points, n, d), d);
  const touching = { dimension: d, center, factor, radius: 1, logVolume: 0 };
  const scratch = new Float64Array(d);
  let radius = 0;
  for (let i = 0; i < n; i++) {
    radius = Math.max(radius, mahalanobis(touching, points.subarray(i * d, i * d + d), scratch));
  }
  const logVolume = logBallVolume(d, radius) + 0.5 * choleskyLogDet(factor, d);
  return { ...touching, radius, logVolume };
}

/** The same ellipsoid with its radius multiplied. */
export function enlarge(ellipsoid: Ellipsoid, by: number): Ellipsoid {
  const { dimension: d, radius, logVolume } = ellipsoid;
  return { ...ellipsoid, radius: radius * by, logVolume: logVolume + d * Math.log(by) };
}

/** Distance |L^-1 (u - center)| of u (D); `scratch` (D) is overwritten. */
export function mahalanobis(
  { dimension: d, center, factor }: Ellipsoid,
  u: Float64Array,
  scratch: Float64Array,
): number {
  for (let j = 0; j < d; j++) scratch[j] = u[j] - center[j];
  solveLower(scratch, factor, scratch, d);
  return Math.sqrt(squaredLength(scratch, d));
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

function squaredLength(y: Float64Array, d: number): number {
  let sum = 0;
  for (let j = 0; j < d; j++) sum += y[j] * y[j];
  return sum;
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
