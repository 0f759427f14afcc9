import type { PhysicsSettings } from "../types.ts";
import { absorberAbundances, absorbers } from "./elements.ts";
import { redshifted } from "./redshifted.ts";
import { type Medium, tbabsCrossSection, tbabsElementColumns } from "./tbabs-columns.ts";

/** Interstellar cross-section of each bin (E) in 1e-22 cm2 per hydrogen nucleus, as a function of redshift. */
export function tbabsSigma(
  edges: Float64Array,
  settings: PhysicsSettings,
  composition: Omit<Medium, "abundances">,
): (z: number) => Float64Array {
  const medium = { ...composition, abundances: absorberAbundances(settings.abund) };
  const bins = edges.length - 1;
  const columns = new Float64Array((absorbers.length + 1) * bins);
  return redshifted(bins, (sigma, stretch) => {
    tbabsElementColumns(columns, edges, stretch);
    tbabsCrossSection(sigma, columns, medium);
  });
}
