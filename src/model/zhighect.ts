import { highEnergyCut } from "./high-energy-cut.ts";
import { parameter, redshift } from "./parameter.ts";
import type { Model } from "./types.ts";

/** `highecut` at a redshift: bin edges times 1+z. XSPEC `zhighect`. */
export const zhighect: Model = {
  kind: "multiplicative",
  name: "zhighect",
  summary: "high-energy cut-off at a redshift",
  formula: "exp(-max(E (1+z) - cutoffE, 0.001)/foldE)",
  reference: "",
  parameters: [
    parameter("cutoffE", "keV", 10, [1e-4, 0.01, 100, 200], 0.01),
    parameter("foldE", "keV", 15, [1e-4, 0.01, 100, 200], 0.01),
    redshift,
  ],
  prepare(edges, { vector }) {
    const fill = highEnergyCut(edges, vector);
    return (out, theta) => fill(out, theta[0], theta[1], 1 + theta[2]);
  },
};
