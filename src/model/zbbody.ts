import { norm, parameter, redshift } from "./parameter.ts";
import { planckTrapezoid } from "./planck.ts";
import type { Model } from "./types.ts";

/** Redshifted black body: `bbody` between (1+z) a and (1+z) b, divided by 1+z. XSPEC `zbbody`. */
export const zbbody: Model = {
  kind: "additive",
  name: "zbbody",
  summary: "black body at a redshift, norm = luminosity",
  formula: "norm 8.0525 (E (1+z))^2/(kT^4 (exp(E (1+z)/kT) - 1))",
  reference: "",
  parameters: [
    parameter("kT", "keV", 3, [1e-4, 0.01, 100, 200], 0.01),
    redshift,
    norm("(1e39erg/s)/(10kpc)2"),
  ],
  prepare(edges, { vector }) {
    const fill = planckTrapezoid(edges, vector);
    return (out, theta) => {
      const stretch = 1 + theta[1];
      fill(out, theta[0], (8.0525 * theta[2]) / (theta[0] ** 4 * stretch), stretch);
    };
  },
};
