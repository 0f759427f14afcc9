import { erf } from "../math/index.ts";
import { fillLine, type Line } from "./line.ts";
import { norm, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Full width at half maximum of a gaussian of sigma 1. */
const fullWidth = 2 * Math.sqrt(2 * Math.LN2);
const rootLn2 = Math.sqrt(Math.LN2);

/**
 * Voigt line, a gaussian of width sigma convolved with a lorentzian of full width gamma at half maximum, integrated over
 * each bin. As in XSPEC it is the pseudo-Voigt sum of a lorentzian and a gaussian of one full width f:
 *
 *   N(E) = K (eta L(E; f) + (1 - eta) G(E; f)),   r = gamma/f,  eta = 1.36603 r - 0.47719 r^2 + 0.11116 r^3
 *   f^5 = g^5 + 2.69269 g^4 l + 2.42843 g^3 l^2 + 4.47163 g^2 l^3 + 0.07842 g l^4 + l^5,   g = sigma sqrt(8 ln 2), l = gamma
 *
 * which is within 1.3 % of the peak. The part below E = 0 is lost. XSPEC `voigt`.
 */
export const voigt: Model = {
  kind: "additive",
  name: "voigt",
  summary: "voigt line",
  formula: "norm Voigt(E - LineE; gaussian Sigma, lorentzian full width Gamma)",
  reference: "Thompson, Cox & Hastings 1987, J. Appl. Cryst. 20, 79; Ida+ 2000, J. Appl. Cryst. 33, 1311",
  parameters: [
    parameter("LineE", "keV", 6.5, [0, 0, 1e6, 1e6], 0.01),
    parameter("Sigma", "keV", 0.01, [0, 0, 10, 20], 0.005),
    parameter("Gamma", "keV", 0.01, [0, 0, 10, 20], 0.005),
    norm("photon/cm2/s"),
  ],
  prepare(edges) {
    const line: Line = { centre: 0, width: 0, flux: 0 };
    let lorentzian = 0;
    const shape = (x: number) =>
      lorentzian * (2 / Math.PI) * Math.atan(x) + (1 - lorentzian) * erf(x * rootLn2);
    return (out, theta) => {
      const width = combinedWidth(fullWidth * theta[1], theta[2]);
      const r = width > 0 ? theta[2] / width : 0;
      lorentzian = r * (1.36603 + r * (-0.47719 + r * 0.11116));
      line.centre = theta[0];
      line.width = 0.5 * width;
      line.flux = theta[3];
      fillLine(out, edges, line, shape, 1e-6);
    };
  },
};

/** Full width of the sum from those of the gaussian and of the lorentzian. */
function combinedWidth(g: number, l: number): number {
  const largest = Math.max(g, l);
  if (largest === 0) return 0;
  const [p, q] = [g / largest, l / largest];
  const sum =
    p ** 5 + q * (2.69269 * p ** 4 + q * (2.42843 * p ** 3 + q * (4.47163 * p * p + q * (0.07842 * p + q))));
  return largest * sum ** 0.2;
}
