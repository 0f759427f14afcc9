import { balucinskaAtoms } from "../data/balucinska.ts";
import { heliumResonances, smoothHelium } from "./helium.ts";
import { polynomial } from "./hydrogen.ts";

/** ln(1e24): the fits give the cross-section per gram, the table the mass in 1e-24 g. */
const lnPerGram = 55.26204;

/** The fits' coefficients as XSPEC holds them, in single precision: worth 2e-5 in optical depth. */
const singles = new Map(
  Object.entries(balucinskaAtoms).map(([z, { coefficients }]) => [
    Number(z),
    coefficients.map((piece) => piece.map(Math.fround)),
  ]),
);

/** XSPEC's constants here: keV Angstrom product (eV), Rydberg wavelength, Avogadro's number, mass of helium. */
const wavelengthOfEv = 12398.54;
const rydbergWavelength = 911.2671;
const avogadro = 6.022045e23;
const heliumWeight = 4.0026;
const heliumMass = 6.646;
const heliumLongest = 503.97;

/**
 * Mean cross-section (Mb) of an atom in the bin [low, high] (eV): at the bin's midpoint, Balucinska-Church & McCammon 1992,
 * ApJ 400, 699. In a bin that holds absorption edges of the element it is the logarithm's polynomial part that is averaged
 * over the pieces, as in XSPEC.
 */
export function balucinskaMegabarn(z: number, low: number, high: number): number {
  const { mass, edges } = balucinskaAtoms[z];
  const coefficients = singles.get(z) ?? [];
  let exponent = 0;
  let from = low;
  for (let k = 0; k <= edges.length && from < high; k++) {
    const to = k < edges.length ? Math.min(Math.max(edges[k], from), high) : high;
    if (to <= from) continue;
    const t = Math.log(0.5 * (from + to));
    let value = polynomial(coefficients[k], t);
    // XSPEC counts the highest term of a piece between two edges once more, one power higher
    const inner = from > low && to < high;
    if (inner) value += coefficients[k][coefficients[k].length - 1] * t ** coefficients[k].length;
    exponent += (value * (to - from)) / (high - low);
    from = to;
  }
  return 1e18 * mass * Math.exp(exponent - 3 * Math.log(0.5 * (low + high)) - Math.fround(lnPerGram));
}

/** Helium beside these fits, Mb at an energy in eV: Yan, Sadeghpour & Dalgarno 1998, ApJ 496, 1044, with resonances. */
export function heliumOfBalucinska(energy: number): number {
  const wavelength = wavelengthOfEv / energy;
  if (wavelength > heliumLongest) return 0;
  return massFactor * smoothHelium(energy) * heliumResonances(rydbergWavelength / wavelength);
}

/** From a cross-section to what XSPEC uses: by way of the mass coefficient, with its own constants (a factor near 1). */
const massFactor = (avogadro / heliumWeight) * Math.exp(-lnPerGram) * heliumMass;

const shortWave = [-24.65188, 4.354679, -3.553024, 5.57304, -5.872938, 3.720797, -1.226919, 0.1576657];
const longWave = [-29.53607, 7.083061, 0.8678646, -1.221932, 0.04052997, 0.1317109, -0.03265795, 0.002500933];

/** The older helium, Mb at an energy in eV: Marr & West 1976, ADNDT 18, 497. */
export function heliumOfMarrWest(energy: number): number {
  const wavelength = wavelengthOfEv / energy;
  if (wavelength > heliumLongest) return 0;
  const x = Math.log10(wavelength);
  if (wavelength < 46) return 1e18 * massFactor * 10 ** polynomial(shortWave, x);
  return 1e18 * massFactor * 10 ** polynomial(longWave, x) * heliumResonances(rydbergWavelength / wavelength);
}
