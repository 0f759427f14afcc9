import { absorberAbundances, absorbers } from "./absorption/elements.ts";
import { redshifted } from "./absorption/redshifted.ts";
import { tbabsElementColumns, tbabsMixture } from "./absorption/tbabs-columns.ts";
import { transmission } from "./absorption/transmission.ts";
import { elements } from "./data/abundances.ts";
import { columnDensity, parameter, redshift } from "./parameter.ts";
import type { Model } from "./types.ts";

const fraction = [0, 0, 1, 1] as const;
const symbols = absorbers.map((z) => elements[z - 1]);
const count = absorbers.length;

/** Grains have some radius, micron. */
const smallestRadius = 1e-6;

/**
 * `tbabs` with everything free: a factor for the abundance of each element from helium on, the fraction of molecular
 * hydrogen, the grains' density, radii and power law, the part of each element that is gas (X_dep; the rest is in grains),
 * and the redshift. The defaults have no grains: for those of `tbabs` set the X_dep to its values, such as C_dep = 0.5,
 * O_dep = 0.6, Fe_dep = 0.3. Free ones cost a millisecond a call, a free redshift some ten. XSPEC `tbvarabs`.
 */
export const tbvarabs: Model = {
  kind: "multiplicative",
  name: "tbvarabs",
  summary: "interstellar absorption with variable abundances, depletion and grains",
  formula: "exp(-nH sigma(E (1+z)))",
  reference: "Wilms, Allen & McCray 2000, ApJ 542, 914",
  parameters: [
    columnDensity,
    ...symbols.slice(1).map((symbol) => parameter(symbol, "", 1, fraction, -0.01)),
    parameter("H2", "", 0.2, fraction, -0.01),
    parameter("rho", "g/cm3", 1, [0, 0, 5, 5], -0.01),
    parameter("amin", "um", 0.025, [0, 0, 0.25, 0.25], -0.01),
    parameter("amax", "um", 0.25, [0, 0, 1, 1], -0.01),
    parameter("PL", "", 3.5, [0, 0, 5, 5], -0.01),
    ...symbols.map((symbol) => parameter(`${symbol}_dep`, "", 1, fraction, -0.01)),
    redshift,
  ],
  prepare(edges, settings) {
    const bins = edges.length - 1;
    const columnsAt = redshifted((count + 1) * bins, (columns, stretch) =>
      tbabsElementColumns(columns, edges, stretch),
    );
    const solar = absorberAbundances(settings.abund);
    const sigma = new Float64Array(bins);
    const mixed = new Float64Array(2 * count + 6).fill(Number.NaN);
    return (out, theta) => {
      // all but the column itself
      if (mixed.slice(1).some((value, k) => value !== theta[k + 1])) {
        mixed.set(Array.from(theta).slice(0, mixed.length));
        const [molecular, density, amin, amax, index] = mixed.slice(count);
        const smallest = Math.max(smallestRadius, Math.min(amin, amax));
        const largest = Math.max(smallest * (1 + 1e-9), amin, amax);
        const gas = mixed.slice(count + 5, 2 * count + 5);
        const abundances = solar.map((abundance, k) => (k === 0 ? 1 : theta[k]) * abundance);
        const grains = { density, smallest, largest, index };
        tbabsMixture({ molecular, grains, gas })(sigma, columnsAt(theta[2 * count + 5]), abundances);
      }
      transmission(out, theta[0], sigma, settings.vector);
    };
  },
};
