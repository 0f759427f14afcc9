import { solveLower } from "../math/cholesky.ts";
import { lnGamma } from "../math/gamma.ts";
import { whiteningOf } from "./classifier.ts";
import type { Ellipsoid } from "./ellipsoids.ts";

/** Factor by which the ellipsoid reaches farther than the farthest of the points. */
const MARGIN = 1.1;
/** Share of the unit cube from which it no longer pays to draw in the ellipsoid. */
const WORTHWHILE = 0.5;

/**
 * An ellipsoid with margin around points u (n, D) of the unit cube, to draw in instead of the whole cube. Undefined where there are too few points to
 * tell, or where it is not much smaller than the cube.
 */
export function boundingEllipsoid(u: Float64Array, D: number): Ellipsoid | undefined {
  const n = u.length / D;
  if (n < 20 * (D + 1)) return undefined;
  const { mean, factor } = whiteningOf(u, D);
  const z = new Float64Array(D);
  let farthest = 0;
  for (let i = 0; i < n; i++) {
    for (let d = 0; d < D; d++) z[d] = u[i * D + d] - mean[d];
    solveLower(z, factor, z, D);
    farthest = Math.max(farthest, Math.hypot(...z));
  }
  const ellipsoid = { mean, factor, radius: MARGIN * farthest };
  return ellipsoidVolume(ellipsoid) < WORTHWHILE ? ellipsoid : undefined;
}

/** Volume pi^(D/2) / Gamma(D/2 + 1) R^D prod L_dd of an ellipsoid; parts of it may lie outside the unit cube. */
export function ellipsoidVolume({ mean, factor, radius }: Ellipsoid): number {
  const D = mean.length;
  let log = (D / 2) * Math.log(Math.PI) - lnGamma(D / 2 + 1) + D * Math.log(radius);
  for (let d = 0; d < D; d++) log += Math.log(factor[d * D + d]);
  return Math.exp(log);
}
