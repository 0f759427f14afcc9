/** Terms of Pei's fit: strength a, wavelength (micron), b, power n. */
type Term = readonly [number, number, number, number];

const milkyWay: readonly Term[] = [
  [165, 0.047, 90, 2],
  [14, 0.08, 4, 6.5],
  [0.045, 0.22, -1.95, 2],
  [0.002, 9.7, -1.95, 2],
  [0.002, 18, -1.8, 2],
  [0.012, 25, 0, 2],
];
const largeCloud: readonly Term[] = [
  [175, 0.046, 90, 2],
  [19, 0.08, 5.5, 4.5],
  [0.023, 0.22, -1.95, 2],
  [0.005, 9.7, -1.95, 2],
  [0.006, 18, -1.8, 2],
  [0.02, 25, 0, 2],
];
const smallCloud: readonly Term[] = [
  [185, 0.042, 90, 2],
  [27, 0.08, 5.5, 4],
  [0.005, 0.22, -1.95, 2],
  [0.01, 9.7, -1.95, 2],
  [0.012, 18, -1.8, 2],
  [0.03, 25, 0, 2],
];
const galaxies = [milkyWay, largeCloud, smallCloud];

/**
 * Extinction in units of A_B = E(B-V) (1 + R_V) at the wave number x (1/micron); galaxy 1 is the Milky Way, 2 the Large and
 * 3 the Small Magellanic Cloud. None below 800 A. Pei 1992, ApJ 395, 130, eq. 20 and table 4.
 */
export function peiExtinction(x: number, galaxy: number): number {
  const wavelength = 1 / x;
  if (wavelength < 0.08) return 0;
  const terms = galaxies[Math.min(3, Math.max(1, Math.round(galaxy))) - 1];
  return terms.reduce((sum, [a, centre, b, n]) => {
    const ratio = (wavelength / centre) ** n;
    return sum + a / (ratio + 1 / ratio + b);
  }, 0);
}
