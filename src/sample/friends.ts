import { choleskyLogDet, solveLower } from "../math/cholesky.ts";
import { columnMeans, covariance } from "../math/moments.ts";
import type { Rng } from "../math/rng.ts";
import { bootstrapCounts } from "./bootstrap.ts";
import { covarianceFactor, drawInBall, logBallVolume } from "./ellipsoid.ts";
import { components, type Neighbours, nearestNeighbours } from "./neighbours.ts";

/** Union of balls of one radius around points (N, D) in whitened coordinates y = L^-1 u, sorted by the first one. */
export interface Friends {
  readonly dimension: number;
  readonly count: number;
  readonly factor: Float64Array;
  readonly points: Float64Array;
  readonly radius: number;
  /** ln of the balls' volumes added up in u, overlaps counted as often as they overlap. */
  readonly logTotalVolume: number;
  readonly clusters: number;
}

/**
 * The region of MLFriends around a uniform sample `points` (N, D): the radius is the largest distance from a left-out
 * point to the nearest selected one over `rounds` bootstrap rounds. Points are whitened with their covariance; where they
 * fall into clusters, once more with the covariance within clusters.
 * Buchner 2016, Stat. Comp. 26, 383; 2019, PASP 131, 108005.
 */
export function friends(points: Float64Array, n: number, d: number, rng: Rng, rounds: number): Friends {
  const global = covarianceFactor(covariance(points, n, d), d);
  const first = whitenedFriends(points, n, d, global, rng, rounds);
  if (first.region.clusters === 1) return first.region;
  const within = covarianceFactor(withinCovariance(points, n, d, first.labels, first.region.clusters), d);
  const second = whitenedFriends(points, n, d, within, rng, rounds).region;
  return second.logTotalVolume < first.region.logTotalVolume ? second : first.region;
}

function whitenedFriends(
  points: Float64Array,
  n: number,
  d: number,
  factor: Float64Array,
  rng: Rng,
  rounds: number,
): { readonly region: Friends; readonly labels: Int32Array } {
  const { whitened, order } = whiten(points, n, d, factor);
  const neighbours = nearestNeighbours(whitened, n, d);
  const sortedLabels = components(neighbours, n, linkingLength(neighbours, n, d));
  const radius = bootstrapRadius(neighbours, sortedLabels, rng, rounds);
  const labels = new Int32Array(n);
  for (let i = 0; i < n; i++) labels[order[i]] = sortedLabels[i];
  const logTotalVolume = Math.log(n) + logBallVolume(d, radius) + 0.5 * choleskyLogDet(factor, d);
  const clusters = sortedLabels.reduce((most, label) => Math.max(most, label), 0) + 1;
  const region = { dimension: d, count: n, factor, points: whitened, radius, logTotalVolume, clusters };
  return { region, labels };
}

/**
 * Points closer than this belong to one cluster. The live points have one density everywhere, so that the ball to the
 * nearest neighbour has an exponentially distributed content with median ln 2: in a ball of twice the radius that would
 * hold ln N + 3 points, even a point in a corner has neighbours.
 */
function linkingLength({ each, squared }: Neighbours, n: number, d: number): number {
  const nearest = Float64Array.from({ length: n }, (_, i) => Math.sqrt(squared[i * each])).sort();
  return 2 * nearest[n >> 1] * ((Math.log(n) + 3) / Math.LN2) ** (1 / d);
}

function whiten(points: Float64Array, n: number, d: number, factor: Float64Array) {
  const all = new Float64Array(n * d);
  const y = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    solveLower(y, factor, points.subarray(i * d, i * d + d), d);
    all.set(y, i * d);
  }
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((i, j) => all[i * d] - all[j * d]);
  const whitened = new Float64Array(n * d);
  order.forEach((from, to) => {
    for (let j = 0; j < d; j++) whitened[to * d + j] = all[from * d + j];
  });
  return { whitened, order };
}

/**
 * Largest distance of a left-out point to the nearest selected one of its cluster. A cluster that is left out altogether
 * says nothing on the radius: every cluster has balls of its own.
 */
function bootstrapRadius(neighbours: Neighbours, labels: Int32Array, rng: Rng, rounds: number): number {
  const { each, index, squared } = neighbours;
  let largest = 0;
  for (let round = 0; round < rounds; round++) {
    const counts = bootstrapCounts(labels.length, rng);
    for (let i = 0; i < labels.length; i++) {
      if (counts[i] > 0) continue;
      let k = i * each;
      const end = k + each;
      while (k < end && counts[index[k]] === 0) k++;
      if (k < end && labels[index[k]] === labels[i]) largest = Math.max(largest, squared[k]);
    }
  }
  return Math.sqrt(largest);
}

/** Covariance about each cluster's own mean, pooled. */
function withinCovariance(
  points: Float64Array,
  n: number,
  d: number,
  labels: Int32Array,
  clusters: number,
): Float64Array {
  const centred = points.slice(0, n * d);
  for (let cluster = 0; cluster < clusters; cluster++) {
    const member = Float64Array.from(labels, (label) => (label === cluster ? 1 : 0));
    const mean = columnMeans(points, n, d, member);
    for (let i = 0; i < n; i++) {
      if (labels[i] !== cluster) continue;
      for (let j = 0; j < d; j++) centred[i * d + j] -= mean[j];
    }
  }
  return covariance(centred, n, d);
}

/** Number of balls that hold the point `u`, up to `most`; `scratch` (D) is overwritten. */
export function countFriends(region: Friends, u: Float64Array, scratch: Float64Array, most: number): number {
  const { dimension: d, count, factor, points, radius } = region;
  solveLower(scratch, factor, u, d);
  const limit = radius * radius;
  let found = 0;
  for (let i = firstAtLeast(points, count, d, scratch[0] - radius); i < count; i++) {
    const start = i * d;
    if (points[start] - scratch[0] > radius) break;
    let squared = 0;
    for (let j = 0; j < d; j++) squared += (points[start + j] - scratch[j]) ** 2;
    if (squared <= limit && ++found === most) break;
  }
  return found;
}

function firstAtLeast(points: Float64Array, count: number, d: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (points[middle * d] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** out (D) = a uniform point of a randomly chosen ball. */
export function drawFriend(out: Float64Array, region: Friends, rng: Rng, scratch: Float64Array): void {
  const { dimension: d, count, factor, points, radius } = region;
  const start = Math.floor(rng.uniform() * count) * d;
  drawInBall(scratch, radius, rng);
  for (let j = 0; j < d; j++) scratch[j] += points[start + j];
  for (let i = 0; i < d; i++) {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += factor[i * d + j] * scratch[j];
    out[i] = sum;
  }
}
