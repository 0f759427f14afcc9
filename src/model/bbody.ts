import { norm, parameter } from "./parameter.ts";
import { planckTrapezoid } from "./planck.ts";
import type { Model } from "./types.ts";

/**
 * Black body with a normalisation proportional to the luminosity:
 *
 *   N(E) = 8.0525 K E^2 / (kT^4 (exp(E/kT) - 1))   [photon/cm2/s/keV],   K = (L/1e39 erg/s) / (D/10 kpc)^2
 *
 * A bin's value is the trapezoid of its two edges. XSPEC `bbody`.
 */
export const bbody: Model = {
  kind: "additive",
  name: "bbody",
  summary: "black body, norm = luminosity",
  formula: "norm 8.0525 E^2/(kT^4 (exp(E/kT) - 1))",
  reference: "",
  parameters: [parameter("kT", "keV", 3, [1e-4, 0.01, 100, 200], 0.01), norm("(1e39erg/s)/(10kpc)2")],
  prepare(edges, { vector }) {
    const fill = planckTrapezoid(edges, vector);
    return (out, theta) => fill(out, theta[0], (8.0525 * theta[1]) / theta[0] ** 4);
  },
};
