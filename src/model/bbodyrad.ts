import { norm, parameter } from "./parameter.ts";
import { planckTrapezoid } from "./planck.ts";
import type { Model } from "./types.ts";

/**
 * Black body with a normalisation proportional to the surface:
 *
 *   N(E) = 1.0344e-3 K E^2/(exp(E/kT) - 1)   [photon/cm2/s/keV],   K = (R/km)^2 / (D/10 kpc)^2
 *
 * A bin's value is the trapezoid of its two edges, as in XSPEC `bbodyrad`: 7e-4 above the integral for 10 eV bins at
 * kT = 0.1 keV, and more in wider bins.
 */
export const bbodyrad: Model = {
  kind: "additive",
  name: "bbodyrad",
  summary: "black body, norm = surface",
  formula: "norm 1.0344e-3 E^2/(exp(E/kT) - 1)",
  reference: "",
  parameters: [parameter("kT", "keV", 3, [1e-4, 1e-3, 100, 200], 0.01), norm("(km/10kpc)2")],
  prepare(edges, { vector }) {
    const fill = planckTrapezoid(edges, vector);
    return (out, theta) => fill(out, theta[0], 1.0344e-3 * theta[1]);
  },
};
