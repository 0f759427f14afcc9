import { absorberAbundances, absorbers } from "./absorption/elements.ts";
import { crossSectionName, mixColumns, photoelectricColumns } from "./absorption/photoelectric.ts";
import { transmission } from "./absorption/transmission.ts";
import { elements } from "./data/abundances.ts";
import { parameter } from "./parameter.ts";
import { phabs } from "./phabs.ts";
import type { Model } from "./types.ts";

/**
 * Photoelectric absorption with a column for each element:  T = exp(-sum_i N_i A_i sigma_i), N_i in units of the column
 * that comes with 1e22 hydrogen atoms/cm2 at the abundance A_i of the table. All equal: `phabs`. XSPEC `varabs`.
 */
export const varabs: Model = {
  kind: "multiplicative",
  name: "varabs",
  summary: "photoelectric absorption with a column for each element",
  formula: "exp(-sum_i column_i A_i sigma_i(E))",
  reference: phabs.reference,
  parameters: absorbers.map((z) => parameter(elements[z - 1], "1e22 H cm-2", 1, [0, 0, 1000, 10000], -0.01)),
  prepare(edges, settings) {
    const bins = edges.length - 1;
    const columns = new Float64Array(absorbers.length * bins);
    photoelectricColumns(columns, edges, 1, crossSectionName(settings.xsect));
    const abundances = absorberAbundances(settings.abund);
    const scaled = new Float64Array(absorbers.length).fill(Number.NaN);
    const depth = new Float64Array(bins);
    return (out, theta) => {
      let changed = false;
      for (let k = 0; k < scaled.length; k++) {
        const column = theta[k] * abundances[k];
        changed ||= column !== scaled[k];
        scaled[k] = column;
      }
      if (changed) mixColumns(depth, columns, scaled);
      transmission(out, 1, depth, settings.vector);
    };
  },
};
