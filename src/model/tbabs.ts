import { absorberAbundances } from "./absorption/elements.ts";
import { standardGrains } from "./absorption/grains.ts";
import { standardMolecular, tbabsCrossSection, tbabsElementColumns } from "./absorption/tbabs-columns.ts";
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
  prepare(edges, { abund, vector }) {
    const bins = edges.length - 1;
    const columns = new Float64Array(19 * bins);
    const sigma = new Float64Array(bins);
    tbabsElementColumns(columns, edges, 1);
    tbabsCrossSection(sigma, columns, {
      abundances: absorberAbundances(abund),
      molecular: standardMolecular,
      grains: standardGrains,
    });
    const transmit = transmission(sigma, vector);
    return (out, theta) => transmit(out, theta[0]);
  },
};
