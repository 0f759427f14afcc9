import { parabolaSimpson } from "./log-parabola.ts";
import { norm, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Log-parabola:  N(E) = K (E/E0)^(-alpha - beta log10(E/E0)), Simpson's rule over each bin. XSPEC `logpar`, whose pivot
 * energy is a scale parameter: it is never fitted.
 */
export const logpar: Model = {
  kind: "additive",
  name: "logpar",
  summary: "log-parabola",
  formula: "norm (E/pivotE)^(-alpha - beta log10(E/pivotE))",
  reference: "Massaro+ 2004, A&A 413, 489",
  parameters: [
    parameter("alpha", "", 1.5, [0, 0, 4, 4], 0.01),
    parameter("beta", "", 0.2, [-4, -4, 4, 4], 0.01),
    parameter("pivotE", "keV", 1, [1e-10, 1e-10, 1e10, 1e10], -0.01),
    norm("photon/keV/cm2/s"),
  ],
  prepare(edges, { vector }) {
    const fill = parabolaSimpson(edges, vector);
    return (out, theta) => fill(out, Math.log(theta[2]), theta[0], theta[1] / Math.LN10, theta[3]);
  },
};
