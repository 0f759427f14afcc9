import type { VectorMath } from "../math/vector.ts";
import { bornGaunt, gauntRegime } from "./gaunt-factor.ts";

/** Ionisation energy of hydrogen as XSPEC has it here, keV: gamma^2 = 0.01358 Z^2/kT. */
const rydberg = 0.01358;

/** No photons from this many kT on, as in XSPEC. */
const cutOff = 50;

/**
 * Fills out (E) with scale x trapezoid over each bin of (g_H + 4 heliumRatio g_He) kT^-1/2 exp(-E/kT)/E, energies
 * stretch x edges (E+1), keV; zero from E = 50 kT on. g_H and g_He are XSPEC's Gaunt factors for nuclear charges 1 and 2 (`gauntRegime`).
 */
export function freeFreeTrapezoid(
  edges: Float64Array,
  vector: VectorMath,
): (out: Float64Array, kT: number, heliumRatio: number, scale: number, stretch?: number) => void {
  const root = vector.alloc(edges.length);
  const logEdges = edges.map(Math.log10);
  return (out, kT, heliumRatio, scale, stretch = 1) => {
    const hydrogen = gauntRegime(rydberg / kT);
    const helium = gauntRegime((4 * rydberg) / kT);
    // exp(-u/2): its square is the spectrum's, its inverse that of Born's approximation
    for (let i = 0; i < root.length; i++) root[i] = (-0.5 * edges[i] * stretch) / kT;
    vector.exp(root, root);
    const shift = Math.log10(stretch / kT);
    const factor = (0.5 * scale) / Math.sqrt(kT);
    const density = (i: number) => {
      if (edges[i] * stretch >= cutOff * kT) return 0;
      const u = (edges[i] * stretch) / kT;
      const logU = logEdges[i] + shift;
      const born = hydrogen.born ? bornGaunt(u, 1 / root[i]) : 1;
      const heavy = helium.factor(u, logU) * (helium.born ? born : 1);
      return ((hydrogen.factor(u, logU) * born + 4 * heliumRatio * heavy) * root[i] * root[i]) / edges[i];
    };
    let left = density(0);
    for (let i = 0; i < out.length; i++) {
      const right = density(i + 1);
      out[i] = factor * (left + right) * (edges[i + 1] - edges[i]);
      left = right;
    }
  };
}
