/**
 * Cross-sections (size) in the frame of redshift z: computed by `fill` at the grid stretched by 1+z, and again only when
 * z changes (which costs milliseconds: these models are meant for a fixed redshift).
 */
export function redshifted(
  size: number,
  fill: (sigma: Float64Array, stretch: number) => void,
): (z: number) => Float64Array {
  const sigma = new Float64Array(size);
  let current = Number.NaN;
  return (z) => {
    if (z !== current) {
      fill(sigma, 1 + z);
      current = z;
    }
    return sigma;
  };
}
