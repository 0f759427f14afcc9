import type { Rng } from "../math/rng.ts";

/** Points u (D) of the unit cube with  |L^-1 (u - mean)| <= radius. */
export interface Ellipsoid {
  readonly mean: Float64Array;
  /** Lower Cholesky factor L (D, D) of a covariance. */
  readonly factor: Float64Array;
  readonly radius: number;
}

export interface EllipsoidUnion {
  /** How many of the ellipsoids hold u (D). */
  count(u: Float64Array): number;
  /** Fills u (D) with a point uniform in the union; false where the attempt failed. */
  draw(u: Float64Array, rng: Rng): boolean;
}

/**
 * Union of ellipsoids that may overlap. A draw takes one of them by volume and a uniform point in it, and keeps the point with probability one
 * over the number of ellipsoids that hold it: uniform in the union.
 */
export function ellipsoidUnion(ellipsoids: readonly Ellipsoid[]): EllipsoidUnion {
  const D = ellipsoids[0].mean.length;
  const logVolume = ellipsoids.map(({ factor, radius }) => {
    let sum = D * Math.log(radius);
    for (let d = 0; d < D; d++) sum += Math.log(factor[d * D + d]);
    return sum;
  });
  const largest = Math.max(...logVolume);
  const share = logVolume.map((v) => Math.exp(v - largest));
  const whole = share.reduce((sum, v) => sum + v, 0);
  const offset = new Float64Array(D);
  const count = (u: Float64Array) => ellipsoids.filter((e) => holds(e, u, offset)).length;
  return {
    count,
    draw(u, rng) {
      let pick = rng.uniform() * whole;
      let k = 0;
      while (k < ellipsoids.length - 1 && pick >= share[k]) pick -= share[k++];
      drawIn(ellipsoids[k], u, offset, rng);
      const holding = ellipsoids.length === 1 ? 1 : Math.max(1, count(u));
      return holding === 1 || rng.uniform() * holding < 1;
    },
  };
}

function holds({ mean, factor, radius }: Ellipsoid, u: Float64Array, offset: Float64Array): boolean {
  const D = mean.length;
  let square = 0;
  for (let i = 0; i < D; i++) {
    let sum = u[i] - mean[i];
    for (let j = 0; j < i; j++) sum -= factor[i * D + j] * offset[j];
    offset[i] = sum / factor[i * D + i];
    square += offset[i] ** 2;
  }
  return square <= radius * radius;
}

/** A uniform point of the ball: a normal direction, and the D-th root of a uniform number as radius. */
function drawIn(
  { mean, factor, radius }: Ellipsoid,
  u: Float64Array,
  direction: Float64Array,
  rng: Rng,
): void {
  const D = mean.length;
  let square = 0;
  for (let d = 0; d < D; d++) {
    direction[d] = rng.normal();
    square += direction[d] ** 2;
  }
  const length = (radius * rng.uniform() ** (1 / D)) / Math.sqrt(square);
  for (let i = 0; i < D; i++) {
    u[i] = mean[i];
    for (let j = 0; j <= i; j++) u[i] += length * factor[i * D + j] * direction[j];
  }
}
