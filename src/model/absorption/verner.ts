import type { VernerAtom } from "../data/verner.ts";
import { vernerAtoms } from "../data/verner.ts";

/** Orbital quantum number of shells 1s 2s 2p 3s 3p 3d 4s. */
const orbital = [0, 0, 1, 0, 1, 2, 0];

/**
 * Photoionisation cross-section of the neutral atom of number z in Mb, energy in eV, summed over shells.
 *
 * Above the highest inner threshold, and for inner shells, the fits of Verner & Yakovlev 1995 (A&AS 109, 125, eq. 1); for
 * the outer shell below it those of Verner, Ferland, Korista & Yakovlev 1996 (ApJ 465, 487, eq. 1).
 */
export function vernerMegabarn(z: number, energy: number): number {
  const atom = vernerAtoms[z];
  const innerThreshold = thresholdOfInnerShells(z, atom);
  let sum = 0;
  for (let shell = 1; shell <= atom.outer; shell++) {
    const row = atom.shells[shell - 1];
    if (energy < row[0] || row[2] === 0) continue;
    const above = energy >= innerThreshold;
    if (shell <= atom.inner || above) sum += innerFit(row, orbital[shell - 1], energy);
    else if (shell === atom.outer) sum += outerFit(atom.valence, energy);
  }
  return sum;
}

/** Energy (eV) from which on the 1995 fits hold for every shell. */
function thresholdOfInnerShells(z: number, atom: VernerAtom): number {
  if (z === 15 || z === 17 || z === 19 || (z > 20 && z !== 26)) return 0;
  return z < 3 ? 1e30 : atom.shells[atom.inner - 1][0];
}

function innerFit([, e0, sigma0, ya, p, yw]: readonly number[], l: number, energy: number): number {
  const y = energy / e0;
  const q = p / 2 - l - 5.5;
  return sigma0 * ((y - 1) ** 2 + yw * yw) * y ** q * (1 + Math.sqrt(y / ya)) ** -p;
}

function outerFit([e0, sigma0, ya, p, yw, y0, y1]: readonly number[], energy: number): number {
  const x = energy / e0 - y0;
  const z = Math.hypot(x, y1);
  return sigma0 * ((x - 1) ** 2 + yw * yw) * z ** (p / 2 - 5.5) * (1 + Math.sqrt(z / ya)) ** -p;
}
