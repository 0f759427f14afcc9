import type { PhysicsSettings } from "../types.ts";
import { absorberAbundances, absorbers } from "./elements.ts";
import { redshifted } from "./redshifted.ts";
import { type Medium, tbabsElementColumns, tbabsMixture } from "./tbabs-columns.ts";

/** Interstellar cross-section of each bin (E) in 1e-22 cm2 per hydrogen nucleus, as a function of redshift. */
export function tbabsSigma(
  edges: Float64Array,
  settings: PhysicsSettings,
  medium: Medium,
): (z: number) => Float64Array {
  const abundances = absorberAbundances(settings.abund);
  const bins = edges.length - 1;
  const columns = new Float64Array((absorbers.length + 1) * bins);
  const mix = tbabsMixture(medium);
  return redshifted(bins, (sigma, stretch) => {
    tbabsElementColumns(columns, edges, stretch);
    mix(sigma, columns, abundances);
  });
}
