import type { Rng } from "../math/rng.ts";
import type { OpenRegion } from "../npe/region.ts";
import type { JointPrior } from "../prior/types.ts";

export interface RowSource {
  /** The random numbers of attempt i. */
  rng(i: number): Rng;
  /** Fills `point` (D) with attempt i at a draw of the whole prior; false where it failed. */
  whole(point: Float64Array, i: number): boolean;
}

/** Theta (n, D) of those of `count` attempts that lie in the region: made in its ellipsoids where it has any, and tested together. */
export function regionRows(
  region: OpenRegion,
  prior: JointPrior,
  count: number,
  { rng, whole }: RowSource,
): Float64Array {
  const D = prior.priors.length;
  const { draw, passes } = region;
  const theta = new Float64Array(count * D);
  const point = new Float64Array(D);
  let made = 0;
  for (let i = 0; i < count; i++)
    if (draw === undefined ? whole(point, i) : draw(point, rng(i))) theta.set(point, D * made++);
  const inside = passes(theta.subarray(0, made * D));
  let kept = 0;
  for (let i = 0; i < made; i++) if (inside[i] === 1) theta.copyWithin(D * kept++, i * D, (i + 1) * D);
  return theta.slice(0, kept * D);
}
