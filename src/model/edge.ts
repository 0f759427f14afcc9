import { edgeTransmission } from "./edge-transmission.ts";
import { parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

export const edgeEnergy = parameter("edgeE", "keV", 7, [0, 0, 100, 100], 0.05);
export const edgeDepth = parameter("MaxTau", "", 1, [0, 0, 5, 10], 0.01);

/**
 * Absorption edge:  1 below the edge,  exp(-tau (E/Ee)^-3) above it; mean of the values at a bin's two edges, the bin with
 * the edge in two parts. XSPEC `edge`.
 */
export const edge: Model = {
  kind: "multiplicative",
  name: "edge",
  summary: "absorption edge",
  formula: "exp(-MaxTau (E/edgeE)^-3) above edgeE",
  reference: "",
  parameters: [edgeEnergy, edgeDepth],
  prepare(edges, { vector }) {
    const fill = edgeTransmission(edges, vector);
    return (out, theta) => fill(out, theta[0], theta[1]);
  },
};
