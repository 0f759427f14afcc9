import { erfc } from "../math/index.ts";
import { norm, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Step smeared by a gaussian:  N(E) = K/2 erfc((E - E0)/(sqrt(2) sigma)), at the bin's midpoint. XSPEC `step`.
 */
export const step: Model = {
  kind: "additive",
  name: "step",
  summary: "step smeared by a gaussian",
  formula: "norm erfc((E - Energy)/(sqrt(2) Sigma))/2",
  reference: "",
  parameters: [
    parameter("Energy", "keV", 6.5, [0, 0, 100, 100], 0.05),
    parameter("Sigma", "keV", 0.1, [0, 0, 10, 20], 0.05),
    norm("photon/keV/cm2/s"),
  ],
  prepare: (edges) => (out, theta) => {
    const width = Math.max(Number.MIN_VALUE, Math.SQRT2 * theta[1]);
    for (let i = 0; i < out.length; i++) {
      const distance = 0.5 * (edges[i] + edges[i + 1]) - theta[0];
      out[i] = 0.5 * theta[2] * erfc(distance / width) * (edges[i + 1] - edges[i]);
    }
  },
};
