import { edgeDepth, edgeEnergy } from "./edge.ts";
import { edgeTransmission } from "./edge-transmission.ts";
import { redshift } from "./parameter.ts";
import type { Model } from "./types.ts";

/** `edge` at a redshift, which is an edge at edgeE/(1+z). XSPEC `zedge`. */
export const zedge: Model = {
  kind: "multiplicative",
  name: "zedge",
  summary: "absorption edge at a redshift",
  formula: "exp(-MaxTau (E (1+z)/edgeE)^-3) above edgeE/(1+z)",
  reference: "",
  parameters: [edgeEnergy, edgeDepth, redshift],
  prepare(edges, { vector }) {
    const fill = edgeTransmission(edges, vector);
    return (out, theta) => fill(out, theta[0] / (1 + theta[2]), theta[1]);
  },
};
