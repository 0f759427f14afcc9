import { erf } from "../math/index.ts";
import { fillLine, type Line } from "./line.ts";

/** h c in keV Angstrom, CODATA 2014 as in XSPEC 12.9. */
const keVAngstrom = 12.39841974;

/** XSPEC puts what is left of a side into the bin where it falls below this. */
const stop = 1e-6;

/** Fills out (E) with a line that is gaussian in wavelength (Angstrom), on a grid of energies (keV). */
export function wavelengthLine(
  edges: Float64Array,
): (out: Float64Array, centre: number, sigma: number, flux: number) => void {
  const wavelengths = edges.map((energy) => keVAngstrom / energy).reverse();
  const line: Line = { centre: 0, width: 0, flux: 0 };
  return (out, centre, sigma, flux) => {
    line.centre = centre;
    line.width = Math.SQRT2 * sigma;
    line.flux = flux;
    fillLine(out, wavelengths, line, erf, stop);
    out.reverse();
  };
}
