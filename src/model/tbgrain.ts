import { absorberAbundances, absorbers } from "./absorption/elements.ts";
import { tbabsElementColumns, tbabsMixture } from "./absorption/tbabs-columns.ts";
import { transmission } from "./absorption/transmission.ts";
import { columnDensity, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Grains have some radius, micron. */
const smallestRadius = 1e-6;

/**
 * `tbabs` with the fraction of molecular hydrogen and the grains' density, radii and power law as parameters. Free ones
 * cost a millisecond a call (the grains are mixed anew). XSPEC `tbgrain`.
 */
export const tbgrain: Model = {
  kind: "multiplicative",
  name: "tbgrain",
  summary: "interstellar absorption with variable molecules and grains",
  formula: "exp(-nH sigma(E))",
  reference: "Wilms, Allen & McCray 2000, ApJ 542, 914",
  parameters: [
    columnDensity,
    parameter("h2", "", 0.2, [0, 0, 1, 1], -0.01),
    parameter("rho", "g/cm3", 1, [0, 0, 5, 5], -0.01),
    parameter("amin", "um", 0.025, [0, 0, 0.25, 0.25], -0.01),
    parameter("amax", "um", 0.25, [0, 0, 1, 1], -0.01),
    parameter("PL", "", 3.5, [0, 0, 5, 5], -0.01),
  ],
  prepare(edges, settings) {
    const bins = edges.length - 1;
    const columns = new Float64Array((absorbers.length + 1) * bins);
    tbabsElementColumns(columns, edges, 1);
    const abundances = absorberAbundances(settings.abund);
    const sigma = new Float64Array(bins);
    const mixed = new Float64Array(5).fill(Number.NaN);
    return (out, theta) => {
      if (mixed.some((value, k) => value !== theta[k + 1])) {
        for (let k = 0; k < mixed.length; k++) mixed[k] = theta[k + 1];
        const [molecular, density, amin, amax, index] = mixed;
        const smallest = Math.max(smallestRadius, Math.min(amin, amax));
        const largest = Math.max(smallest * (1 + 1e-9), amin, amax);
        tbabsMixture({ molecular, grains: { density, smallest, largest, index } })(
          sigma,
          columns,
          abundances,
        );
      }
      transmission(out, theta[0], sigma, settings.vector);
    };
  },
};
