/**
 * Weights (4) of the cubic through the points k .. k+3 of a uniform grid, at the distance t (in steps) from point k+1.
 * Returned in `out`; exact for cubics.
 */
export function cubicWeights(out: Float64Array, t: number): void {
  const [a, b, c] = [t + 1, t - 1, t - 2];
  out[0] = (-t * b * c) / 6;
  out[1] = (a * b * c) / 2;
  out[2] = (-a * t * c) / 2;
  out[3] = (a * t * b) / 6;
}
