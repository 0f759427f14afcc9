import { brokenPower } from "./broken-power.ts";
import { norm, parameter, photonIndex } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Power law with a break:  K E^-G1 below the break,  K Eb^(G2-G1) E^-G2 above it; integrated over each bin, the one with
 * the break in two parts. XSPEC `bknpower`.
 */
export const bknpower: Model = {
  kind: "additive",
  name: "bknpower",
  summary: "power law with a break",
  formula: "norm E^-PhoIndx1 below BreakE, norm BreakE^(PhoIndx2-PhoIndx1) E^-PhoIndx2 above",
  reference: "",
  parameters: [
    photonIndex("PhoIndx1", 1),
    parameter("BreakE", "keV", 5, [0, 0.01, 1e6, 1e6], 0.01),
    photonIndex("PhoIndx2", 2),
    norm("photon/keV/cm2/s"),
  ],
  prepare(edges, { vector }) {
    const fill = brokenPower(edges, vector);
    const breaks = new Float64Array(1);
    const index = new Float64Array(2);
    return (out, theta) => {
      index[0] = theta[0];
      breaks[0] = theta[1];
      index[1] = theta[2];
      fill(out, breaks, index, theta[3]);
    };
  },
};
