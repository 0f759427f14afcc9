import { lineEnergy } from "./gaussian.ts";
import { fillLine, type Line } from "./line.ts";
import { norm, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Lorentzian line of full width W at half maximum, integrated over each bin and normalised over 0 < E < infinity:
 *
 *   N(E) = K (W/2) / ((E - E0)^2 + (W/2)^2) / (pi/2 + atan(2 E0/W))   [photon/cm2/s/keV]
 *
 * XSPEC's rule that the bin where less than 1e-6 of a side remains gets that rest is kept. XSPEC `lorentz`.
 */
export const lorentz: Model = {
  kind: "additive",
  name: "lorentz",
  summary: "lorentzian line",
  formula: "norm (Width/2)/((E - LineE)^2 + (Width/2)^2)/(pi/2 + atan(2 LineE/Width))",
  reference: "",
  parameters: [lineEnergy, parameter("Width", "keV", 0.1, [0, 0, 10, 20], 0.05), norm("photon/cm2/s")],
  prepare(edges) {
    const line: Line = { centre: 0, width: 0, flux: 0 };
    return (out, theta) => {
      line.centre = theta[0];
      line.width = 0.5 * theta[1];
      line.flux = (Math.PI * theta[2]) / (Math.PI / 2 + Math.atan(theta[0] / line.width));
      fillLine(out, edges, line, arctangent, 1e-6);
    };
  },
};

/** Fraction of a side of a Lorentzian within x half-widths. */
function arctangent(x: number): number {
  return (2 / Math.PI) * Math.atan(x);
}
