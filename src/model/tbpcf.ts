import { cover } from "./absorption/covering.ts";
import { standardGrains, standardMolecular } from "./absorption/grains.ts";
import { tbabsSigma } from "./absorption/tbabs-sigma.ts";
import { transmission } from "./absorption/transmission.ts";
import { columnDensity, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Interstellar absorption that covers a fraction of the source: 1 - pcf + pcf `tbabs` at bin edges times 1+z. XSPEC `tbpcf`. */
export const tbpcf: Model = {
  kind: "multiplicative",
  name: "tbpcf",
  summary: "interstellar absorption of a part of the source",
  formula: "1 - pcf + pcf exp(-nH sigma(E (1+z)))",
  reference: "Wilms, Allen & McCray 2000, ApJ 542, 914",
  parameters: [
    columnDensity,
    parameter("pcf", "", 0.5, [0, 0, 1, 1], 0.01),
    parameter("redshift", "", 0, [-1, 0, 10, 10], -0.01),
  ],
  prepare(edges, settings) {
    const sigmaAt = tbabsSigma(edges, settings, { molecular: standardMolecular, grains: standardGrains });
    return (out, theta) => {
      transmission(out, theta[0], sigmaAt(theta[2]), settings.vector);
      cover(out, theta[1]);
    };
  },
};
