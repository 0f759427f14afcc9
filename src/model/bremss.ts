import { freeFreeTrapezoid } from "./free-free.ts";
import { norm, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Number of helium nuclei per proton in `bremss` and `zbremss`. */
export const heliumRatio = 0.085;

/**
 * Thermal bremsstrahlung of a plasma of hydrogen and helium (8.5 % by number):
 *
 *   N(E) = K (g(1) + 0.34 g(2)) kT^-1/2 exp(-E/kT)/E   [photon/cm2/s/keV],  zero from E = 50 kT on
 *
 * by XSPEC's trapezoid rule. The Gaunt factors are those of `freeFreeTrapezoid`; XSPEC's polynomials and tables differ from
 * them by up to 0.4 % at kT = 7 keV, 2 % at 0.2 keV, and a third above 30 kT. XSPEC `bremss`.
 */
export const bremss: Model = {
  kind: "additive",
  name: "bremss",
  summary: "thermal bremsstrahlung",
  formula: "norm (g(1, E) + 0.34 g(2, E)) exp(-E/kT)/(E sqrt(kT))",
  reference: "Karzas & Latter 1961, ApJS 6, 167; Kellogg, Baldwin & Koch 1975, ApJ 199, 299",
  parameters: [parameter("kT", "keV", 7, [1e-4, 1e-4, 100, 200], 0.05), norm("3.02e-15/(4 pi D2) EM")],
  prepare(edges, { vector }) {
    const fill = freeFreeTrapezoid(edges, vector);
    return (out, theta) => fill(out, theta[0], heliumRatio, theta[1]);
  },
};
