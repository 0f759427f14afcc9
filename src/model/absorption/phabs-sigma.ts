import type { PhysicsSettings } from "../types.ts";
import { absorberAbundances, absorbers } from "./elements.ts";
import { crossSectionName, mixColumns, photoelectricColumns } from "./photoelectric.ts";
import { redshifted } from "./redshifted.ts";

/** Photoelectric cross-section of each bin (E) in 1e-22 cm2 per hydrogen atom, as a function of redshift. */
export function phabsSigma(edges: Float64Array, settings: PhysicsSettings): (z: number) => Float64Array {
  const abundances = absorberAbundances(settings.abund);
  const xsect = crossSectionName(settings.xsect);
  const bins = edges.length - 1;
  const columns = new Float64Array(absorbers.length * bins);
  return redshifted(bins, (sigma, stretch) => {
    photoelectricColumns(columns, edges, stretch, xsect);
    mixColumns(sigma, columns, abundances);
  });
}
