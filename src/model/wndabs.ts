import { phabsSigma } from "./absorption/phabs-sigma.ts";
import { transmission } from "./absorption/transmission.ts";
import { parameter } from "./parameter.ts";
import { phabs } from "./phabs.ts";
import type { Model } from "./types.ts";

/**
 * Photoelectric absorption above the energy of a window and none below, an early stand-in for a warm absorber: `phabs`
 * above WindowE. The bin with the window has the mean of 1 and of its own transmission, weighted by their lengths.
 * XSPEC `wndabs`.
 */
export const wndabs: Model = {
  kind: "multiplicative",
  name: "wndabs",
  summary: "photoelectric absorption with a window at low energies",
  formula: "exp(-nH sigma(E)) where E > WindowE, 1 below",
  reference: phabs.reference,
  parameters: [
    parameter("nH", "1e22 cm-2", 1, [0, 0, 10, 20], 0.05),
    parameter("WindowE", "keV", 1, [0.03, 0.05, 20, 20], 0.05),
  ],
  prepare(edges, settings) {
    const sigma = phabsSigma(edges, settings)(0);
    return (out, theta) => {
      transmission(out, theta[0], sigma, settings.vector);
      for (let i = 0; i < out.length && edges[i] < theta[1]; i++) {
        const open = Math.min(1, (theta[1] - edges[i]) / (edges[i + 1] - edges[i]));
        out[i] = open + (1 - open) * out[i];
      }
    };
  },
};
