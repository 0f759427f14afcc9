import { InputError } from "../errors.ts";
import { gaussLegendre } from "./quadrature.ts";

/** XSPEC's `cosmo`. Where `lambda` is not 0 the universe is flat, with matter 1 - lambda, and q0 does not count. */
export interface Cosmology {
  /** Hubble constant, km/s/Mpc. */
  readonly h0: number;
  /** Deceleration of a universe without a cosmological constant. */
  readonly q0: number;
  readonly lambda: number;
}

/** XSPEC's default: 70 0 0.73. */
export const COSMOLOGY: Cosmology = { h0: 70, q0: 0, lambda: 0.73 };

/** km/s, exact. */
const LIGHT = 299792.458;
/** cm in a Mpc: IAU 2015 resolution B2. */
export const CM_PER_MPC = 3.085677581491367e24;
/** The integrand is smooth in ln(1+z): right to 1e-12 up to z = 100. */
const { nodes, weights } = gaussLegendre(40);

/**
 * Luminosity distance in Mpc at redshift z >= 0. Without a cosmological constant, in Terrell's form of Mattig's (1958) formula,
 *
 *   D = c/H0 z (1 + z (1 - q0) / (1 + q0 z + sqrt(1 + 2 q0 z)));
 *
 * flat with one,  D = c/H0 (1+z) int_0^z dz' / sqrt(lambda + (1-lambda)(1+z')^3).  Terrell 1977, Am. J. Phys. 45, 869; Hogg 1999, astro-ph/9905116.
 * InputError where z, H0, q0 or lambda cannot be.
 */
export function luminosityDistance(z: number, { h0, q0, lambda }: Cosmology = COSMOLOGY): number {
  if (!(z >= 0 && z < Infinity && h0 > 0 && q0 >= 0 && lambda >= 0 && lambda <= 1))
    throw new InputError(
      `no luminosity distance for z = ${z}, H0 = ${h0}, q0 = ${q0}, Lambda0 = ${lambda}; expected z, q0 >= 0, H0 > 0, Lambda0 from 0 to 1`,
    );
  const hubble = LIGHT / h0;
  if (lambda === 0) return hubble * z * (1 + (z * (1 - q0)) / (1 + q0 * z + Math.sqrt(1 + 2 * q0 * z)));
  const half = 0.5 * Math.log1p(z);
  let sum = 0;
  for (let k = 0; k < nodes.length; k++) {
    const stretch = Math.exp(half * (1 + nodes[k]));
    sum += (weights[k] * half * stretch) / Math.sqrt(lambda + (1 - lambda) * stretch ** 3);
  }
  return hubble * (1 + z) * sum;
}
