import { transmission } from "./absorption/transmission.ts";
import { kleinNishina } from "./klein-nishina.ts";
import { columnDensity } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Compton scattering out of the line of sight:  exp(-nH 1.21 sigma(E)), sigma Klein-Nishina with XSPEC's Thomson
 * cross-section 0.665e-24 cm2 and 1.21 electrons a hydrogen atom; at a bin's midpoint. XSPEC `cabs`.
 */
export const cabs: Model = {
  kind: "multiplicative",
  name: "cabs",
  summary: "Compton scattering, not relativistic in the electrons",
  formula: "exp(-nH 1.21 sigma_KN(E))",
  reference: "",
  parameters: [columnDensity],
  prepare(edges, { vector }) {
    const sigma = Float64Array.from({ length: edges.length - 1 }, (_, i) => {
      return 1.21 * 0.665e-2 * kleinNishina((0.5 * (edges[i] + edges[i + 1])) / 510.999);
    });
    return (out, theta) => transmission(out, theta[0], sigma, vector);
  },
};
