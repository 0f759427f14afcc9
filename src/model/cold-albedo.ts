import { absorberAbundances, absorbers } from "./absorption/elements.ts";
import { crossSectionName, photoelectricColumns } from "./absorption/photoelectric.ts";
import { kleinNishina } from "./klein-nishina.ts";
import type { PhysicsSettings } from "./types.ts";

/** Grid of the opacities, keV. */
const lowest = 0.01;
const highest = 10;
const standardBins = 12000;

/** Thomson cross-section of the electrons that come with a hydrogen atom, 1e-22 cm2. */
const thomson = 1.21 * 0.665e-2;

const iron = absorbers.indexOf(26);

/**
 * Part of the opacity of cold matter that is scattering, as a function of energy (keV): Klein-Nishina with 1.21 electrons a
 * hydrogen atom over that and photoelectric absorption with the cross-sections and abundances of the settings in bins of 0.06 %, ~ E^-3 inside them
 * and from 10 keV on. Hydrogen and helium are ionised. `metals` multiplies the other elements but iron, which has its own factor.
 */
export function coldAlbedo(
  { abund, xsect }: PhysicsSettings,
  bins = standardBins,
): (metals: number, ironFactor: number) => (energy: number) => number {
  const perLog = bins / Math.log(highest / lowest);
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => lowest * Math.exp(i / perLog));
  const columns = new Float64Array(absorbers.length * bins);
  photoelectricColumns(columns, edges, 1, crossSectionName(xsect));
  const abundances = absorberAbundances(abund);
  return (metals, ironFactor) => {
    const absorption = new Float64Array(bins);
    for (let k = 2; k < absorbers.length; k++) {
      const factor = 1e4 * abundances[k] * (k === iron ? ironFactor : metals);
      for (let i = 0; i < bins; i++) absorption[i] += factor * columns[k * bins + i];
    }
    return (energy) => {
      const position = Math.max(0, Math.log(energy / lowest) * perLog);
      const bin = Math.min(bins - 1, Math.floor(position));
      // from the bin's middle, or from the end of the grid
      const fall = Math.exp((3 * (bin + 0.5 - position)) / perLog);
      const scattering = thomson * kleinNishina(energy / 511);
      return scattering / (scattering + absorption[bin] * fall);
    };
  };
}
