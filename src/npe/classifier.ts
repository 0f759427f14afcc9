import type { ClassifierWeights } from "../flow/classifier.ts";
import { cholesky, solveLower } from "../math/cholesky.ts";
import { columnMeans, covariance } from "../math/moments.ts";
import { quantiles } from "../math/quantile.ts";
import { priorCube } from "../prior/joint.ts";
import type { JointPrior } from "../prior/types.ts";

/** Where a trained classifier says that theta belongs to a class. Plain data. */
export interface Classifier {
  /** Inputs of the network: see `classifierInputs`. */
  readonly whitening: Whitening;
  readonly weights: ClassifierWeights;
  /** Theta is inside where its log odds are at least this. */
  readonly threshold: number;
}

/** Mean (D) and lower Cholesky factor (D, D) of the members' covariance in the unit cube. */
export interface Whitening {
  readonly mean: Float64Array;
  readonly factor: Float64Array;
}

/**
 * The whitening by points u (n, D) of the unit cube. A few points say little about a covariance, which is therefore drawn towards that
 * of the whole cube (1/12) with the weight of D + 1 points.
 */
export function whiteningOf(u: Float64Array, D: number): Whitening {
  const n = u.length / D;
  const found = covariance(u, n, D);
  const ridge = 1e-3 * (D + 1);
  const shrunk = found.map((v, i) => (n * v + (i % (D + 1) === 0 ? ridge / 12 : 0)) / (n + ridge));
  const factor = cholesky(shrunk, D);
  if (factor === undefined) throw new Error("internal: a covariance with a ridge is not positive definite");
  return { mean: columnMeans(u, n, D), factor };
}

/**
 * What the network sees of theta (n, D): with z = L^-1 (u - m) of the point u that the prior's cdf gives,
 *
 *   asinh z_1 .. asinh z_D,  ln(1 + |z|^2 / D)        (n, D + 1)
 *
 * so that the members lie around the origin at distances of about one, however small a part of the prior they are, and
 * what is far is near enough not to swamp the network.
 */
export function classifierInputs(
  theta: Float64Array,
  prior: JointPrior,
  { mean, factor }: Whitening,
): Float64Array {
  const D = mean.length;
  const n = theta.length / D;
  const out = new Float64Array(n * (D + 1));
  const z = new Float64Array(D);
  for (let i = 0; i < n; i++) {
    priorCube(z, prior, theta.subarray(i * D, (i + 1) * D));
    for (let d = 0; d < D; d++) z[d] -= mean[d];
    solveLower(z, factor, z, D);
    let square = 0;
    for (let d = 0; d < D; d++) {
      square += z[d] * z[d];
      out[i * (D + 1) + d] = Math.asinh(z[d]);
    }
    out[i * (D + 1) + D] = Math.log1p(square / D);
  }
  return out;
}

/** The test of a classifier, given its network's log odds of inputs (n, D + 1). */
export function classifierTest(
  { whitening, threshold }: Pick<Classifier, "whitening" | "threshold">,
  prior: JointPrior,
  logOdds: (inputs: Float64Array) => Float64Array,
): (theta: Float64Array) => Uint8Array {
  return (theta) =>
    Uint8Array.from(logOdds(classifierInputs(theta, prior, whitening)), (l) => (l >= threshold ? 1 : 0));
}

/**
 * The log odds down to which theta is accepted, from the log odds of members that the network was not trained on (n) and of all members.
 *
 * With `allowed` = 0 it lies below every member seen, by the mean distance of the lowest sqrt(n) held-out members from the next higher one: what
 * the German-tank margin is for a uniform law, for one with a tail. Of the members that are to come, less than one in n + 1 is lost
 * on average, whatever their law, for a threshold at the lowest of n loses just that. With `allowed` > 0 it is that quantile of the held-out members.
 */
export function acceptanceThreshold(held: Float64Array, all: Float64Array, allowed = 0): number {
  if (allowed > 0) return quantiles(held, [allowed])[0];
  const lowest = all.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const sorted = held.toSorted();
  const k = Math.min(sorted.length - 1, Math.ceil(Math.sqrt(sorted.length)));
  let margin = 0;
  for (let i = 0; i < k; i++) margin += (sorted[k] - sorted[i]) / k;
  return lowest - margin;
}
