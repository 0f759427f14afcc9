import { heliumRatio } from "./bremss.ts";
import { freeFreeTrapezoid } from "./free-free.ts";
import { norm, parameter, redshift } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Redshifted `bremss`: between (1+z) a and (1+z) b, divided by 1+z. XSPEC `zbremss`. */
export const zbremss: Model = {
  kind: "additive",
  name: "zbremss",
  summary: "thermal bremsstrahlung at a redshift",
  formula: "norm (g(1) + 0.34 g(2)) exp(-E (1+z)/kT)/(E (1+z) sqrt(kT))",
  reference:
    "Kellogg, Baldwin & Koch 1975, ApJ 199, 299; Karzas & Latter 1961, ApJS 6, 167; Kurucz 1970, SAO Special Report 309",
  parameters: [
    parameter("kT", "keV", 7, [1e-4, 1e-4, 100, 200], 0.05),
    redshift,
    norm("3.02e-15/(4 pi D2) EM"),
  ],
  prepare(edges, { vector }) {
    const fill = freeFreeTrapezoid(edges, vector);
    return (out, theta) => {
      const stretch = 1 + theta[1];
      fill(out, theta[0], heliumRatio, theta[2] / stretch, stretch);
    };
  },
};
