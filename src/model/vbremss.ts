import { freeFreeTrapezoid } from "./free-free.ts";
import { norm, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/** `bremss` with the number of helium nuclei per proton as a parameter, of 1 by default as in XSPEC. XSPEC `vbremss`. */
export const vbremss: Model = {
  kind: "additive",
  name: "vbremss",
  summary: "thermal bremsstrahlung with variable helium",
  formula: "norm (g(1, E) + 4 HeovrH g(2, E)) exp(-E/kT)/(E sqrt(kT))",
  reference:
    "Kellogg, Baldwin & Koch 1975, ApJ 199, 299; Karzas & Latter 1961, ApJS 6, 167; Kurucz 1970, SAO Special Report 309",
  parameters: [
    parameter("kT", "keV", 3, [1e-4, 0.01, 100, 200], 0.01),
    parameter("HeovrH", "", 1, [0, 0, 100, 100], 0.01),
    norm("3.02e-15/(4 pi D2) EM"),
  ],
  prepare(edges, { vector }) {
    const fill = freeFreeTrapezoid(edges, vector);
    return (out, theta) => fill(out, theta[0], theta[1], theta[2]);
  },
};
