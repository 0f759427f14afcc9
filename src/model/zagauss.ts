import { lineWavelength, lineWavelengthSigma } from "./agauss.ts";
import { norm, redshift } from "./parameter.ts";
import type { Model } from "./types.ts";
import { wavelengthLine } from "./wavelength-line.ts";

/**
 * `agauss` of a redshifted source: a line at LineE (1+z) of width Sigma (1+z) and flux norm/(1+z). XSPEC `zagauss`.
 */
export const zagauss: Model = {
  kind: "additive",
  name: "zagauss",
  summary: "gaussian line in wavelength at a redshift",
  formula: "norm exp(-(lambda/(1+z) - LineE)^2/(2 Sigma^2))/(Sigma sqrt(2 pi)) per Angstrom",
  reference: "",
  parameters: [lineWavelength, lineWavelengthSigma, redshift, norm("photon/cm2/s")],
  prepare(edges) {
    const fill = wavelengthLine(edges);
    return (out, theta) => {
      const stretch = 1 + theta[2];
      fill(out, theta[0] * stretch, theta[1] * stretch, theta[3] / stretch);
    };
  },
};
