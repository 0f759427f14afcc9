import { erf } from "../math/index.ts";
import { fillLine, type Line } from "./line.ts";
import { norm, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

export const lineEnergy = parameter("LineE", "keV", 6.5, [0, 0, 1e6, 1e6], 0.05);
export const lineSigma = parameter("Sigma", "keV", 0.1, [0, 0, 10, 20], 0.05);

/** XSPEC puts what is left of a side into the bin where it falls below this. */
export const gaussianStop = 1e-8;

/**
 * Gaussian line, integrated over each bin:
 *
 *   N(E) = K/(sigma sqrt(2 pi)) exp(-(E - E0)^2/(2 sigma^2))   [photon/cm2/s/keV]
 *
 * sigma = 0: all in one bin. The part below E = 0 is lost, not redistributed. XSPEC `gaussian`.
 */
export const gaussian: Model = {
  kind: "additive",
  name: "gaussian",
  summary: "gaussian line",
  formula: "norm exp(-(E - LineE)^2/(2 Sigma^2))/(Sigma sqrt(2 pi))",
  reference: "",
  parameters: [lineEnergy, lineSigma, norm("photon/cm2/s")],
  prepare(edges) {
    const line: Line = { centre: 0, width: 0, flux: 0 };
    return (out, theta) => {
      line.centre = theta[0];
      line.width = Math.SQRT2 * theta[1];
      line.flux = theta[2];
      fillLine(out, edges, line, erf, gaussianStop);
    };
  },
};
