import { highEnergyCut } from "./high-energy-cut.ts";
import { parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * High-energy cut-off:  exp(-(E - Ec)/Ef) above Ec, mean of the values at a bin's two edges. Below Ec it is
 * exp(-0.001 keV/Ef), as in XSPEC `highecut`, and not 1.
 */
export const highecut: Model = {
  kind: "multiplicative",
  name: "highecut",
  summary: "high-energy cut-off",
  formula: "exp(-max(E - cutoffE, 0.001)/foldE)",
  reference: "",
  parameters: [
    parameter("cutoffE", "keV", 10, [1e-4, 0.01, 1e6, 1e6], 0.01),
    parameter("foldE", "keV", 15, [1e-4, 0.01, 1e6, 1e6], 0.01),
  ],
  prepare(edges, { vector }) {
    const fill = highEnergyCut(edges, vector);
    return (out, theta) => fill(out, theta[0], theta[1], 1);
  },
};
