import { parabolaSimpson } from "./log-parabola.ts";
import { norm, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Log-parabola by its peak:  N(E) = K 10^(-beta log10(E/Ep)^2)/E^2, Simpson's rule over each bin; Ep is where E^2 N
 * is largest. XSPEC `eplogpar`.
 */
export const eplogpar: Model = {
  kind: "additive",
  name: "eplogpar",
  summary: "log-parabola by its peak energy",
  formula: "norm 10^(-beta log10(E/Ep)^2)/E^2",
  reference: "Tramacere+ 2007, A&A 467, 501",
  parameters: [
    parameter("Ep", "keV", 0.1, [1e-10, 1e-6, 100, 1e4], 0.01),
    parameter("beta", "", 0.2, [-4, -4, 4, 4], 0.01),
    norm("keV photon/cm2/s"),
  ],
  prepare(edges, { vector }) {
    const fill = parabolaSimpson(edges, vector);
    // 1/E^2 = (E/Ep)^-2 / Ep^2
    return (out, theta) =>
      fill(out, Math.log(theta[0]), 2, theta[1] / Math.LN10, theta[2] / (theta[0] * theta[0]));
  },
};
