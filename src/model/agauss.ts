import { norm, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";
import { wavelengthLine } from "./wavelength-line.ts";

export const lineWavelength = parameter("LineE", "A", 10, [0, 0, 1e6, 1e6], 0.01);
export const lineWavelengthSigma = parameter("Sigma", "A", 1, [0, 0, 1e6, 1e6], 0.01);

/** Line that is gaussian in wavelength: `gaussian` with the line and its width in Angstrom. XSPEC `agauss`. */
export const agauss: Model = {
  kind: "additive",
  name: "agauss",
  summary: "gaussian line in wavelength",
  formula: "norm exp(-(lambda - LineE)^2/(2 Sigma^2))/(Sigma sqrt(2 pi)) per Angstrom",
  reference: "",
  parameters: [lineWavelength, lineWavelengthSigma, norm("photon/cm2/s")],
  prepare(edges) {
    const fill = wavelengthLine(edges);
    return (out, theta) => fill(out, theta[0], theta[1], theta[2]);
  },
};
