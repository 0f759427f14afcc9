import { phabsSigma } from "./absorption/phabs-sigma.ts";
import { transmission } from "./absorption/transmission.ts";
import { columnDensity, redshift } from "./parameter.ts";
import { phabs } from "./phabs.ts";
import type { Model } from "./types.ts";

/** `phabs` at a redshift: bin edges times 1+z. The cross-sections are computed again when z changes. XSPEC `zphabs`. */
export const zphabs: Model = {
  kind: "multiplicative",
  name: "zphabs",
  summary: "photoelectric absorption at a redshift",
  formula: "exp(-nH sigma(E (1+z)))",
  reference: phabs.reference,
  parameters: [columnDensity, redshift],
  prepare(edges, settings) {
    const sigmaAt = phabsSigma(edges, settings);
    return (out, theta) => transmission(out, theta[0], sigmaAt(theta[1]), settings.vector);
  },
};
