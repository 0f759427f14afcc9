import { standardGrains, standardMolecular } from "./absorption/grains.ts";
import { tbabsSigma } from "./absorption/tbabs-sigma.ts";
import { transmission } from "./absorption/transmission.ts";
import { columnDensity } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Absorption by the interstellar medium: gas, molecules and grains.
 *
 *   T = exp(-nH sigma),  sigma of a bin = mean of its values at the bin's two edges
 *
 * XSPEC `tbabs`, version 2.3. Uses the abundance table and ignores the cross-section setting; the authors intend `wilm`.
 */
export const tbabs: Model = {
  kind: "multiplicative",
  name: "tbabs",
  summary: "interstellar absorption: gas, molecules and grains",
  formula: "exp(-nH sigma(E))",
  reference: "Wilms, Allen & McCray 2000, ApJ 542, 914",
  parameters: [columnDensity],
  prepare(edges, settings) {
    const sigma = tbabsSigma(edges, settings, { molecular: standardMolecular, grains: standardGrains })(0);
    return (out, theta) => transmission(out, theta[0], sigma, settings.vector);
  },
};
