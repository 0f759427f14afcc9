import { cardelliExtinction } from "./cardelli.ts";
import { parameter } from "./parameter.ts";
import { reddening } from "./reddening.ts";
import type { Model } from "./types.ts";

export const colourExcess = parameter("E_BmV", "", 0.05, [0, 0, 10, 10], 0.001);

/** Reddening of infrared to ultraviolet light by dust with R_V = 3.1; 1 above 0.0136 keV. XSPEC `redden`. */
export const redden: Model = {
  kind: "multiplicative",
  name: "redden",
  summary: "reddening of infrared to ultraviolet light",
  formula: "10^(-E_BmV (3.1 a + b)/2.512)",
  reference: "Cardelli, Clayton & Mathis 1989, ApJ 345, 245",
  parameters: [colourExcess],
  prepare(edges, { vector }) {
    const fill = reddening(edges, vector, cardelliExtinction);
    return (out, theta) => fill(out, theta[0], 1, 0);
  },
};
