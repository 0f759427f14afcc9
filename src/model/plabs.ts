import { parameter } from "./parameter.ts";
import { powerlaw } from "./powerlaw.ts";
import type { Model } from "./types.ts";

/** Power law as a factor:  coef E^-index, exact mean over the bin. XSPEC `plabs`. */
export const plabs: Model = {
  kind: "multiplicative",
  name: "plabs",
  summary: "power law as a factor",
  formula: "coef E^-index",
  reference: "",
  parameters: [
    parameter("index", "", 2, [0, 0, 5, 5], 0.01),
    parameter("coef", "", 1, [0, 0, 100, 100], 0.01),
  ],
  prepare(edges, settings) {
    const integral = powerlaw.prepare(edges, settings);
    return (out, theta) => {
      integral(out, theta);
      for (let i = 0; i < out.length; i++) out[i] /= edges[i + 1] - edges[i];
    };
  },
};
