import { lineEnergy } from "./gaussian.ts";
import { parameter } from "./parameter.ts";
import { gaussLegendre } from "./quadrature.ts";
import type { Model } from "./types.ts";

const rule = gaussLegendre(5);

/**
 * Gaussian absorption line:  exp(-S/(sigma sqrt(2 pi)) exp(-(E - E0)^2/(2 sigma^2))), mean over the bin; 1 farther than
 * 6 sigma from the centre. S is the optical depth integrated over the line (keV). The mean is Gauss-Legendre quadrature
 * in panels of at most sigma/8. XSPEC `gabs`.
 */
export const gabs: Model = {
  kind: "multiplicative",
  name: "gabs",
  summary: "gaussian absorption line",
  formula: "exp(-Strength/(Sigma sqrt(2 pi)) exp(-(E - LineE)^2/(2 Sigma^2)))",
  reference: "",
  parameters: [
    parameter("LineE", "keV", 1, [lineEnergy.min, 0, 1e6, 1e6], 0.05),
    parameter("Sigma", "keV", 0.01, [0, 0, 10, 20], 0.05),
    parameter("Strength", "", 1, [0, 0, 1e6, 1e6], 0.05),
  ],
  prepare: (edges) => (out, theta) => {
    const [centre, sigma, strength] = [theta[0], theta[1], theta[2]];
    for (let i = 0; i < out.length; i++) {
      const low = Math.max(edges[i], centre - 6 * sigma);
      const high = Math.min(edges[i + 1], centre + 6 * sigma);
      const missing = high > low ? absorbed(low, high, centre, sigma, strength) : 0;
      out[i] = 1 - missing / (edges[i + 1] - edges[i]);
    }
  },
};

/** int_low^high (1 - T) dE. */
function absorbed(low: number, high: number, centre: number, sigma: number, strength: number): number {
  const panels = Math.max(1, Math.ceil((8 * (high - low)) / sigma));
  const half = (0.5 * (high - low)) / panels;
  const depth = strength / (sigma * Math.sqrt(2 * Math.PI));
  let sum = 0;
  for (let panel = 0; panel < panels; panel++) {
    for (let k = 0; k < rule.nodes.length; k++) {
      const x = (low + half * (2 * panel + 1 + rule.nodes[k]) - centre) / sigma;
      sum -= half * rule.weights[k] * Math.expm1(-depth * Math.exp(-0.5 * x * x));
    }
  }
  return sum;
}
