import { norm, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Recombination edge, integrated over each bin:  N(E) = K/kT exp(-(E - Ee)/kT) above Ee, 0 below. XSPEC `redge`.
 */
export const redge: Model = {
  kind: "additive",
  name: "redge",
  summary: "radiative recombination edge",
  formula: "norm exp(-(E - edge)/kT)/kT above edge",
  reference: "",
  parameters: [
    parameter("edge", "keV", 1.4, [1e-3, 1e-3, 100, 100], 0.001),
    parameter("kT", "keV", 1, [1e-3, 1e-3, 100, 100], 0.001),
    norm("photon/cm2/s"),
  ],
  prepare: (edges) => (out, theta) => {
    const [threshold, kT, scale] = [theta[0], theta[1], theta[2]];
    for (let i = 0; i < out.length; i++) {
      const low = Math.max(edges[i], threshold);
      const width = Math.max(0, edges[i + 1] - low);
      out[i] = -scale * Math.exp(-(low - threshold) / kT) * Math.expm1(-width / kT);
    }
  },
};
