import type { FlowWeights } from "../flow/spec.ts";
import type { Rng } from "../math/rng.ts";
import { priorCube } from "../prior/joint.ts";
import type { JointPrior } from "../prior/types.ts";
import type { Classifier } from "./classifier.ts";
import { type Ellipsoid, ellipsoidUnion } from "./ellipsoids.ts";
import type { PosteriorSpec } from "./posterior.ts";

/** Where a network's density of theta is not negligible for any of some spectra. */
export interface DensityLevels {
  readonly posterior: PosteriorSpec;
  readonly flows: readonly FlowWeights[];
  /** Inside where ln q(theta | counts) > threshold for one of them; counts (C). */
  readonly cuts: readonly { readonly counts: Float64Array; readonly threshold: number }[];
}

/**
 * A part of the prior: theta is inside when it passes every test that is present. Plain data; tests are exact functions of theta, so that the
 * prior truncated to a region is the prior but for a factor, and a network trained on it needs no correction.
 */
export interface Region {
  /** Their union, in the unit cube that the prior's cdf maps theta to. Draws are made in it, not only tested. */
  readonly ellipsoids?: readonly Ellipsoid[];
  readonly levels?: DensityLevels;
  /** Inside all of them. */
  readonly classifiers?: readonly Classifier[];
}

/** Which rows of theta (n, D) pass; 1 or 0 each. */
export type RegionTest = (theta: Float64Array) => Uint8Array;

/** A region that can be drawn from and asked. */
export interface OpenRegion {
  /**
   * Fills `point` (D) with a draw of the prior truncated to the ellipsoids, before the other tests; false where the attempt failed. Absent where the region has no
   * ellipsoids: draws are then made from the whole prior.
   */
  readonly draw?: (point: Float64Array, rng: Rng) => boolean;
  /** The tests besides the ellipsoids'. */
  readonly passes: RegionTest;
  /** All tests. */
  readonly contains: RegionTest;
}

/** Opens a region of a prior; `tests` are those of its parts that need more than the region's own numbers. */
export function openRegion(
  { ellipsoids }: Region,
  prior: JointPrior,
  tests: readonly RegionTest[] = [],
): OpenRegion {
  const D = prior.priors.length;
  const passes = allOf(tests, D);
  if (ellipsoids === undefined) return { passes, contains: passes };
  const union = ellipsoidUnion(ellipsoids);
  const u = new Float64Array(D);
  const within: RegionTest = (theta) =>
    Uint8Array.from({ length: theta.length / D }, (_, i) => {
      priorCube(u, prior, theta.subarray(i * D, (i + 1) * D));
      return union.count(u) > 0 ? 1 : 0;
    });
  return {
    draw(point, rng) {
      if (!union.draw(u, rng) || !u.every((v) => v >= 0 && v <= 1)) return false;
      prior.transform(point, u);
      return true;
    },
    passes,
    contains: allOf([within, ...tests], D),
  };
}

/** The test of density levels, given ln q(theta | counts) of theta (n, D). */
export function levelTest(
  { cuts }: Pick<DensityLevels, "cuts">,
  logProb: (counts: Float64Array, theta: Float64Array) => Float64Array,
  D: number,
): RegionTest {
  return (theta) => {
    const out = new Uint8Array(theta.length / D);
    for (const { counts, threshold } of cuts)
      logProb(counts, theta).forEach((l, i) => {
        if (l > threshold) out[i] = 1;
      });
    return out;
  };
}

/** Rows that pass all tests; each test sees only the rows that the ones before it passed. */
function allOf(tests: readonly RegionTest[], D: number): RegionTest {
  return (theta) => {
    const out = new Uint8Array(theta.length / D).fill(1);
    for (const test of tests) {
      const left = Array.from(out.keys()).filter((i) => out[i] === 1);
      const rows = new Float64Array(left.length * D);
      left.forEach((i, k) => {
        rows.set(theta.subarray(i * D, (i + 1) * D), k * D);
      });
      const verdict = test(rows);
      left.forEach((i, k) => {
        out[i] = verdict[k];
      });
    }
    return out;
  };
}
