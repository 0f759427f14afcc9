import { norm, parameter } from "./parameter.ts";
import { powerlaw } from "./powerlaw.ts";
import type { Model } from "./types.ts";

const pivot = 100;

/**
 * Gamma-ray burst spectrum of Band: with d = max(alpha - beta, 1 keV/Ec) and Eb = d Ec,
 *
 *   N(E) = K (E/100)^alpha exp(-E/Ec)              below Eb
 *   N(E) = K (Eb/100)^d exp(-d) (E/100)^beta       above
 *
 * Trapezoid of a bin's two edges below the break, and in the bin with the break; above it the exact integral.
 * XSPEC `grbm`.
 */
export const grbm: Model = {
  kind: "additive",
  name: "grbm",
  summary: "gamma-ray burst continuum of Band",
  formula: "norm (E/100)^alpha exp(-E/tem) below (alpha-beta) tem, proportional to (E/100)^beta above",
  reference: "Band+ 1993, ApJ 413, 281",
  parameters: [
    parameter("alpha", "", -1, [-10, -3, 2, 5], 0.01),
    parameter("beta", "", -2, [-10, -5, 2, 10], 0.01),
    parameter("tem", "keV", 300, [10, 50, 1000, 1e4], 10),
    norm("photon/keV/cm2/s"),
  ],
  prepare(edges, settings) {
    const tail = powerlaw.prepare(edges, settings);
    const inner = new Float64Array(2);
    return (out, theta) => {
      const [alpha, beta, fold, scale] = [theta[0], theta[1], theta[2], theta[3]];
      const difference = Math.max(alpha - beta, 1 / fold);
      const breakEnergy = difference * fold;
      const joint = scale * ((breakEnergy / pivot) ** difference * Math.exp(-difference));
      inner[0] = -beta;
      inner[1] = joint * pivot ** -beta;
      tail(out, inner);
      let left = scale * below(edges[0], alpha, fold);
      for (let i = 0; i < out.length && edges[i] < breakEnergy; i++) {
        const energy = edges[i + 1];
        const inside = energy < breakEnergy;
        const right = inside ? scale * below(energy, alpha, fold) : joint * (energy / pivot) ** beta;
        out[i] = 0.5 * (left + right) * (energy - edges[i]);
        left = right;
      }
    };
  },
};

function below(energy: number, alpha: number, fold: number): number {
  return (energy / pivot) ** alpha * Math.exp(-energy / fold);
}
