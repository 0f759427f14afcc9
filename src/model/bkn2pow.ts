import { brokenPower } from "./broken-power.ts";
import { norm, parameter, photonIndex } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Power law with two breaks, continuous at both, K E^-G1 below the first; integrated over each bin. Breaks in descending
 * order count as one at the larger energy's place in the list. XSPEC `bkn2pow`.
 */
export const bkn2pow: Model = {
  kind: "additive",
  name: "bkn2pow",
  summary: "power law with two breaks",
  formula: "norm E^-PhoIndx1 below BreakE1, E^-PhoIndx2 up to BreakE2, E^-PhoIndx3 above, continuous",
  reference: "",
  parameters: [
    photonIndex("PhoIndx1", 1),
    parameter("BreakE1", "keV", 5, [0, 0.01, 1e6, 1e6], 0.01),
    photonIndex("PhoIndx2", 2),
    parameter("BreakE2", "keV", 10, [0, 0.01, 1e6, 1e6], 0.01),
    photonIndex("PhoIndx3", 3),
    norm("photon/keV/cm2/s"),
  ],
  prepare(edges, { vector }) {
    const fill = brokenPower(edges, vector);
    const breaks = new Float64Array(2);
    const index = new Float64Array(3);
    return (out, theta) => {
      for (let k = 0; k < 3; k++) index[k] = theta[2 * k];
      breaks[0] = Math.min(theta[1], theta[3]);
      breaks[1] = theta[3];
      fill(out, breaks, index, theta[5]);
    };
  },
};
