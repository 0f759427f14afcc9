import { tbabsSigma } from "./absorption/tbabs-sigma.ts";
import { transmission } from "./absorption/transmission.ts";
import { columnDensity, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Interstellar absorption by atomic gas alone, at bin edges times 1+z. XSPEC `tbgas`. */
export const tbgas: Model = {
  kind: "multiplicative",
  name: "tbgas",
  summary: "interstellar absorption by gas alone",
  formula: "exp(-nH sigma(E (1+z)))",
  reference: "Wilms, Allen & McCray 2000, ApJ 542, 914",
  parameters: [columnDensity, parameter("redshift", "", 0, [-1, 0, 10, 10], -0.01)],
  prepare(edges, settings) {
    const sigmaAt = tbabsSigma(edges, settings, { molecular: 0 });
    return (out, theta) => transmission(out, theta[0], sigmaAt(theta[1]), settings.vector);
  },
};
