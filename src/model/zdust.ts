import { parameter } from "./parameter.ts";
import { peiExtinction } from "./pei.ts";
import { reddening } from "./reddening.ts";
import type { Model } from "./types.ts";

/**
 * Extinction by dust as in the Milky Way (method 1), the Large (2) or the Small (3) Magellanic Cloud, at a redshift: bin
 * edges times 1+z. XSPEC `zdust`.
 */
export const zdust: Model = {
  kind: "multiplicative",
  name: "zdust",
  summary: "extinction by dust of three galaxies",
  formula: "10^(-E_BmV (1 + Rv) xi(lambda/(1+z))/2.512)",
  reference: "Pei 1992, ApJ 395, 130",
  parameters: [
    parameter("method", "", 1, [1, 1, 3, 3], -0.01),
    parameter("E_BmV", "", 0.1, [0, 0, 100, 100], 0.01),
    parameter("Rv", "", 3.1, [0, 0, 10, 10], -0.01),
    parameter("Redshift", "", 0, [0, 0, 20, 20], -0.01),
  ],
  prepare(edges, { vector }) {
    const fill = reddening(edges, vector, peiExtinction);
    return (out, theta) => fill(out, theta[1] * (1 + theta[2]), 1 + theta[3], theta[0]);
  },
};
