import { parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * What dust scatters out of the beam, with all of it coming back inside a halo that the instrument does not resolve at
 * high energies:
 *
 *   1 - Frac (1 - (E/h)^2)/E^2  below h = Halosz, 1 above,  at the bin's midpoint, E in keV
 *
 * The law holds where Frac/E^2 < 1; below sqrt(Frac) keV it is negative, in XSPEC too. XSPEC `dust`.
 */
export const dust: Model = {
  kind: "multiplicative",
  name: "dust",
  summary: "dust scattering out of the beam",
  formula: "1 - Frac (1 - (E/Halosz)^2)/E^2 where E < Halosz",
  reference: "",
  parameters: [
    parameter("Frac", "", 0.066, [0, 0, 1, 1], -0.001),
    parameter("Halosz", "keV", 2, [0, 0, 1e5, 1e5], -0.01),
  ],
  prepare: (edges) => (out, theta) => {
    for (let i = 0; i < out.length; i++) {
      const energy = 0.5 * (edges[i] + edges[i + 1]);
      const ratio = energy / theta[1];
      out[i] = energy < theta[1] ? 1 - (theta[0] * (1 - ratio * ratio)) / (energy * energy) : 1;
    }
  },
};
