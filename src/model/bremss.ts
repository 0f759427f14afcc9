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
 * by XSPEC's trapezoid rule and with its Gaunt factors g(Z), see `gauntRegime`. Against the integral over Sommerfeld's formula they are good to
 * 0.6 % for kT/Z^2 = 1.36 to 13.58 keV, 3 % down to 0.14 keV and 4 % below. Above 13.58 keV (hydrogen) and 54.3 keV (helium) they are Born's, too low
 * by up to 3 % at E = 0.3 kT and 9 % at 30 kT; so the model changes at once there, by as much. XSPEC `bremss`.
 */
export const bremss: Model = {
  kind: "additive",
  name: "bremss",
  summary: "thermal bremsstrahlung",
  formula: "norm (g(1, E) + 0.34 g(2, E)) exp(-E/kT)/(E sqrt(kT))",
  reference:
    "Kellogg, Baldwin & Koch 1975, ApJ 199, 299; Karzas & Latter 1961, ApJS 6, 167; Kurucz 1970, SAO Special Report 309",
  parameters: [parameter("kT", "keV", 7, [1e-4, 1e-4, 100, 200], 0.05), norm("3.02e-15/(4 pi D2) EM")],
  prepare(edges, { vector }) {
    const fill = freeFreeTrapezoid(edges, vector);
    return (out, theta) => fill(out, theta[0], heliumRatio, theta[1]);
  },
};
