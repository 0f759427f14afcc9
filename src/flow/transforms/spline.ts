import { type SplineShape, spline, splineRaw } from "../../tensor/index.ts";
import type { Transform } from "./transform.ts";

/** Monotone rational-quadratic spline with linear tails (Durkan et al. 2019). Raw: K widths, K heights, K - 1 slopes. */
export function splineTransform(shape: SplineShape): Transform {
  const { bins, tail } = shape;
  const unitSlope = Math.log(Math.expm1(1 - 1e-3));
  return {
    raw: splineRaw(shape),
    scratch: 2 * bins,
    identity: [...new Array<number>(2 * bins).fill(0), ...new Array<number>(bins - 1).fill(unitSlope)],
    forward: (tape, x, raw, permutation, logDet) => spline(tape, x, raw, permutation, shape, logDet),
    inverse(kernels, { x, z, raw, scratch, logDet, permutation, dims, dim, tiles }) {
      kernels.splineInverse(x, z, raw, scratch, logDet, permutation, dims, dim, bins, tail, tiles);
    },
  };
}
