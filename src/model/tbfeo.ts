import { absorberAbundances, absorbers } from "./absorption/elements.ts";
import { standardGrains, standardMolecular } from "./absorption/grains.ts";
import { redshifted } from "./absorption/redshifted.ts";
import { tbabsElementColumns, tbabsMixture } from "./absorption/tbabs-columns.ts";
import { transmission } from "./absorption/transmission.ts";
import { columnDensity, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

const wide = [-1e38, 0, 5, 1e38] as const;
const oxygen = absorbers.indexOf(8);
const iron = absorbers.indexOf(26);

/**
 * `tbabs` with factors for the abundances of oxygen and iron, at bin edges times 1+z. Free factors cost a millisecond a
 * call (the grains are mixed anew), a free redshift some ten. XSPEC `tbfeo`.
 */
export const tbfeo: Model = {
  kind: "multiplicative",
  name: "tbfeo",
  summary: "interstellar absorption with variable oxygen and iron",
  formula: "exp(-nH sigma(E (1+z)))",
  reference: "Wilms, Allen & McCray 2000, ApJ 542, 914",
  parameters: [
    columnDensity,
    parameter("O", "", 1, wide, -0.01),
    parameter("Fe", "", 1, wide, -0.01),
    parameter("redshift", "", 0, [-1, 0, 10, 10], -0.01),
  ],
  prepare(edges, settings) {
    const bins = edges.length - 1;
    const columnsAt = redshifted((absorbers.length + 1) * bins, (columns, stretch) =>
      tbabsElementColumns(columns, edges, stretch),
    );
    const mix = tbabsMixture({ molecular: standardMolecular, grains: standardGrains });
    const solar = absorberAbundances(settings.abund);
    const abundances = Float64Array.from(solar);
    const sigma = new Float64Array(bins);
    const mixed = new Float64Array(3).fill(Number.NaN);
    return (out, theta) => {
      if (theta[1] !== mixed[0] || theta[2] !== mixed[1] || theta[3] !== mixed[2]) {
        for (let k = 0; k < 3; k++) mixed[k] = theta[k + 1];
        abundances[oxygen] = theta[1] * solar[oxygen];
        abundances[iron] = theta[2] * solar[iron];
        mix(sigma, columnsAt(theta[3]), abundances);
      }
      transmission(out, theta[0], sigma, settings.vector);
    };
  },
};
