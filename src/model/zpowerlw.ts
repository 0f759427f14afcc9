import { norm, photonIndex, redshift } from "./parameter.ts";
import { powerlaw } from "./powerlaw.ts";
import type { Model } from "./types.ts";

/**
 * Redshifted power law: the photons of `powerlaw` between (1+z) a and (1+z) b, divided by 1+z, which is
 * (1+z)^-G times `powerlaw`. XSPEC `zpowerlw`.
 */
export const zpowerlw: Model = {
  kind: "additive",
  name: "zpowerlw",
  summary: "power law at a redshift",
  formula: "norm (E (1+z))^-PhoIndex",
  reference: "",
  parameters: [photonIndex("PhoIndex", 1), redshift, norm("photon/keV/cm2/s")],
  prepare(edges, settings) {
    const unshifted = powerlaw.prepare(edges, settings);
    const inner = new Float64Array(2);
    return (out, theta) => {
      inner[0] = theta[0];
      inner[1] = theta[2] * (1 + theta[1]) ** -theta[0];
      unshifted(out, inner);
    };
  },
};
