import type { VernerAtom } from "../data/verner.ts";
import { vernerAtoms } from "../data/verner.ts";

/** Orbital quantum number of shells 1s 2s 2p 3s 3p 3d 4s. */
const orbital = [0, 0, 1, 0, 1, 2, 0];

/** One fit: sigma0 ((t - 1)^2 + yw^2) u^Q (1 + sqrt(u/ya))^-P at t = E/E0 - y0, u = |t + i y1|, from a threshold on. */
interface Fit {
  readonly threshold: number;
  readonly until: number;
  readonly e0: number;
  readonly sigma0: number;
  readonly ya: number;
  readonly p: number;
  readonly q: number;
  readonly ywSquare: number;
  readonly y0: number;
  readonly y1Square: number;
}

/**
 * Photoionisation cross-section of the neutral atom of number z as a function of energy: Mb, eV, summed over shells.
 *
 * Above the highest inner threshold, and for inner shells, the fits of Verner & Yakovlev 1995 (A&AS 109, 125, eq. 1); for
 * the outer shell below it those of Verner, Ferland, Korista & Yakovlev 1996 (ApJ 465, 487, eq. 1).
 */
export function vernerMegabarn(z: number): (energy: number) => number {
  const fits = fitsOf(z, vernerAtoms[z]);
  return (energy) => {
    let sum = 0;
    for (let k = 0; k < fits.length; k++) {
      const fit = fits[k];
      if (energy >= fit.threshold && energy < fit.until) sum += evaluate(fit, energy);
    }
    return sum;
  };
}

function evaluate({ e0, sigma0, ya, p, q, ywSquare, y0, y1Square }: Fit, energy: number): number {
  const t = energy / e0 - y0;
  const u = y1Square === 0 ? Math.abs(t) : Math.sqrt(t * t + y1Square);
  const power = Math.exp(q * Math.log(u) - p * Math.log1p(Math.sqrt(u / ya)));
  return sigma0 * ((t - 1) * (t - 1) + ywSquare) * power;
}

function fitsOf(z: number, atom: VernerAtom): Fit[] {
  const inner = thresholdOfInnerShells(z, atom);
  const fits: Fit[] = [];
  for (let shell = 1; shell <= atom.outer; shell++) {
    const [threshold, e0, sigma0, ya, p, yw] = atom.shells[shell - 1];
    if (sigma0 === 0) continue;
    const q = p / 2 - orbital[shell - 1] - 5.5;
    const common = { e0, sigma0, ya, p, q, ywSquare: yw * yw, y0: 0, y1Square: 0 };
    // between the inner shells and the outer one nothing is added below the inner threshold
    const from = shell <= atom.inner ? threshold : Math.max(threshold, inner);
    fits.push({ ...common, threshold: from, until: Number.POSITIVE_INFINITY });
    if (shell === atom.outer && shell > atom.inner && threshold < inner) {
      fits.push(valenceFit(atom.valence, threshold, inner));
    }
  }
  return fits;
}

function valenceFit(
  [e0, sigma0, ya, p, yw, y0, y1]: readonly number[],
  threshold: number,
  until: number,
): Fit {
  return { threshold, until, e0, sigma0, ya, p, q: p / 2 - 5.5, ywSquare: yw * yw, y0, y1Square: y1 * y1 };
}

/** Energy (eV) from which on the 1995 fits hold for every shell. */
function thresholdOfInnerShells(z: number, atom: VernerAtom): number {
  if (z === 15 || z === 17 || z === 19 || (z > 20 && z !== 26)) return 0;
  return z < 3 ? 1e30 : atom.shells[atom.inner - 1][0];
}
