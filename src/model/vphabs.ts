import { absorberAbundances, absorbers } from "./absorption/elements.ts";
import { crossSectionName, mixColumns, photoelectricColumns } from "./absorption/photoelectric.ts";
import { transmission } from "./absorption/transmission.ts";
import { elements } from "./data/abundances.ts";
import { columnDensity, parameter } from "./parameter.ts";
import { phabs } from "./phabs.ts";
import type { Model } from "./types.ts";

/** `phabs` with a factor for the abundance of each element from helium on. XSPEC `vphabs`. */
export const vphabs: Model = {
  kind: "multiplicative",
  name: "vphabs",
  summary: "photoelectric absorption with variable abundances",
  formula: "exp(-nH sum_i factor_i A_i sigma_i(E))",
  reference: phabs.reference,
  parameters: [
    columnDensity,
    ...absorbers.slice(1).map((z) => parameter(elements[z - 1], "", 1, [0, 0, 1000, 1000], -0.01)),
  ],
  prepare(edges, settings) {
    const bins = edges.length - 1;
    const columns = new Float64Array(absorbers.length * bins);
    photoelectricColumns(columns, edges, 1, crossSectionName(settings.xsect));
    const abundances = absorberAbundances(settings.abund);
    const scaled = new Float64Array(absorbers.length).fill(Number.NaN);
    const sigma = new Float64Array(bins);
    return (out, theta) => {
      let changed = false;
      for (let k = 0; k < scaled.length; k++) {
        const abundance = (k === 0 ? 1 : theta[k]) * abundances[k];
        changed ||= abundance !== scaled[k];
        scaled[k] = abundance;
      }
      if (changed) mixColumns(sigma, columns, scaled);
      transmission(out, theta[0], sigma, settings.vector);
    };
  },
};
