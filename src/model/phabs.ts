import { phabsSigma } from "./absorption/phabs-sigma.ts";
import { transmission } from "./absorption/transmission.ts";
import { columnDensity } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Photoelectric absorption by neutral atoms:  T = exp(-nH sum_i A_i sigma_i).
 *
 * Both the abundance table and the cross-section setting count; see `photoelectricColumns` for the value of a bin.
 * XSPEC `phabs`.
 */
export const phabs: Model = {
  kind: "multiplicative",
  name: "phabs",
  summary: "photoelectric absorption",
  formula: "exp(-nH sigma(E))",
  reference:
    "Verner+ 1996, ApJ 465, 487 (vern); Balucinska-Church & McCammon 1992, ApJ 400, 699 (bcmc, obcm)",
  parameters: [columnDensity],
  prepare(edges, settings) {
    const sigma = phabsSigma(edges, settings)(0);
    return (out, theta) => transmission(out, theta[0], sigma, settings.vector);
  },
};
