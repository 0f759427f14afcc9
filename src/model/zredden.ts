import { cardelliExtinction } from "./cardelli.ts";
import { redshift } from "./parameter.ts";
import { colourExcess } from "./redden.ts";
import { reddening } from "./reddening.ts";
import type { Model } from "./types.ts";

/** `redden` at a redshift: bin edges times 1+z. XSPEC `zredden`. */
export const zredden: Model = {
  kind: "multiplicative",
  name: "zredden",
  summary: "reddening at a redshift",
  formula: "10^(-E_BmV (3.1 a + b)/2.512)",
  reference: "Cardelli, Clayton & Mathis 1989, ApJ 345, 245",
  parameters: [colourExcess, redshift],
  prepare(edges, { vector }) {
    const fill = reddening(edges, vector, cardelliExtinction);
    return (out, theta) => fill(out, theta[0], 1 + theta[1], 0);
  },
};
