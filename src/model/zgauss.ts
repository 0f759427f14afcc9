import { erf } from "../math/index.ts";
import { gaussianStop, lineEnergy, lineSigma } from "./gaussian.ts";
import { fillLine, type Line } from "./line.ts";
import { norm, redshift } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Gaussian line of a redshifted source: `gaussian` between (1+z) a and (1+z) b, divided by 1+z; that is, a line at
 * LineE/(1+z) of width Sigma/(1+z) and flux norm/(1+z). XSPEC `zgauss`.
 */
export const zgauss: Model = {
  kind: "additive",
  name: "zgauss",
  summary: "gaussian line at a redshift",
  formula: "norm exp(-(E (1+z) - LineE)^2/(2 Sigma^2))/(Sigma sqrt(2 pi))",
  reference: "",
  parameters: [lineEnergy, lineSigma, redshift, norm("photon/cm2/s")],
  prepare(edges) {
    const line: Line = { centre: 0, width: 0, flux: 0 };
    return (out, theta) => {
      const stretch = 1 + theta[2];
      line.centre = theta[0] / stretch;
      line.width = (Math.SQRT2 * theta[1]) / stretch;
      line.flux = theta[3] / stretch;
      fillLine(out, edges, line, erf, gaussianStop);
    };
  },
};
