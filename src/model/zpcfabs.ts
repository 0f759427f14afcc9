import { cover } from "./absorption/covering.ts";
import { phabsSigma } from "./absorption/phabs-sigma.ts";
import { transmission } from "./absorption/transmission.ts";
import { columnDensity, redshift } from "./parameter.ts";
import { coveringFraction } from "./pcfabs.ts";
import { phabs } from "./phabs.ts";
import type { Model } from "./types.ts";

/** `pcfabs` at a redshift: bin edges times 1+z. XSPEC `zpcfabs`. */
export const zpcfabs: Model = {
  kind: "multiplicative",
  name: "zpcfabs",
  summary: "photoelectric absorption of a part of the source at a redshift",
  formula: "1 - CvrFract + CvrFract exp(-nH sigma(E (1+z)))",
  reference: phabs.reference,
  parameters: [columnDensity, coveringFraction, redshift],
  prepare(edges, settings) {
    const sigmaAt = phabsSigma(edges, settings);
    return (out, theta) => {
      transmission(out, theta[0], sigmaAt(theta[2]), settings.vector);
      cover(out, theta[1]);
    };
  },
};
