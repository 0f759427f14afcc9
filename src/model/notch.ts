import { parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Notch:  1 - CvrFract within half the width of LineE, exact mean over the bin. XSPEC `notch`. */
export const notch: Model = {
  kind: "multiplicative",
  name: "notch",
  summary: "notch line absorption",
  formula: "1 - CvrFract where |E - LineE| < Width/2",
  reference: "",
  parameters: [
    parameter("LineE", "keV", 3.5, [0, 0, 20, 20], 0.05),
    parameter("Width", "keV", 1, [0, 0, 20, 20], 0.02),
    parameter("CvrFract", "", 1, [0, 0, 1, 1], -0.005),
  ],
  prepare: (edges) => (out, theta) => {
    const from = theta[0] - theta[1] / 2;
    const to = theta[0] + theta[1] / 2;
    for (let i = 0; i < out.length; i++) {
      const overlap = Math.max(0, Math.min(edges[i + 1], to) - Math.max(edges[i], from));
      out[i] = 1 - (theta[2] * overlap) / (edges[i + 1] - edges[i]);
    }
  },
};
