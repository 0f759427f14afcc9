import type { VectorMath } from "../math/vector.ts";
import { diskIntegral } from "./disk-integral.ts";
import { panelNodes, sumPanels } from "./panel-nodes.ts";

/**
 * Fills out (E) with the photons of a disc of black-body rings, T ~ r^-p, in each bin: Gauss-Legendre quadrature of
 *
 *   N(E) = scale (3/4)/p E^2 x^(-2/p) int_x^inf s^(2/p - 1)/(e^s - 1) ds,   x = E/Tin
 */
export function diskSpectrum(
  edges: Float64Array,
  vector: VectorMath,
): (out: Float64Array, Tin: number, p: number, scale: number) => void {
  const nodes = panelNodes(edges);
  const { energy, logEnergy } = nodes;
  const work = vector.alloc(energy.length);
  const integral = diskIntegral();
  return (out, Tin, p, scale) => {
    if (Tin <= 0) {
      out.fill(0);
      return;
    }
    const power = 2 / p;
    const logT = Math.log(Tin);
    for (let i = 0; i < work.length; i++) {
      const y = logEnergy[i] - logT;
      work[i] = 2 * logEnergy[i] - power * y + integral(y, power - 1) - energy[i] / Tin;
    }
    vector.exp(work, work);
    sumPanels(out, nodes, work, (scale * 0.75) / p);
  };
}
