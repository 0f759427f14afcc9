import { polynomial } from "./hydrogen.ts";

const coefficients = [1, -4.7416, 14.82, -30.8678, 37.3584, -23.4585, 5.9133];

/** Autoionising resonances 1s2s-1snp: Fano's q, quantum defect nu and width gamma (rydberg). */
const resonances = [
  { q: 2.81, nu: 1.61, gamma: 2.64061e-3 },
  { q: 2.51, nu: 2.795, gamma: 6.20116e-4 },
  { q: 2.45, nu: 3.817, gamma: 2.56061e-4 },
  { q: 2.44, nu: 4.824, gamma: 1.320159e-4 },
];

/**
 * Photoionisation cross-section of neutral helium in Mb, energy in eV: Yan, Sadeghpour & Dalgarno 1998, ApJ 496, 1044,
 * eq. 14, times the profiles of four autoionising resonances.
 */
export function heliumMegabarn(energy: number): number {
  return energy < 24.58 ? 0 : smoothHelium(energy) * heliumResonances(energy / 13.598);
}

/** The same without the resonances. */
export function smoothHelium(energy: number): number {
  return 733e-6 * (energy / 1000) ** -3.5 * polynomial(coefficients, Math.sqrt(24.58 / energy));
}

/**
 * Product of the Fano profiles (x - q)^2/(1 + x^2) at an energy in rydberg. Oza 1986, Phys. Rev. A 33, 824; Fernley,
 * Taylor & Seaton 1987, J. Phys. B 20, 6457.
 */
export function heliumResonances(rydberg: number): number {
  let product = 1;
  for (const { q, nu, gamma } of resonances) {
    const x = (2 * (rydberg - (3 - 1 / (nu * nu) + 1.807317))) / gamma;
    product *= ((x - q) * (x - q)) / (1 + x * x);
  }
  return product;
}
