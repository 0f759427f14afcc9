import { parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Makes an absorber cover a part of the source only:  1 - f + f M(E). XSPEC `partcov`. */
export const partcov: Model = {
  kind: "convolution",
  name: "partcov",
  summary: "partial covering by any multiplicative model",
  formula: "1 - CvrFract + CvrFract M(E)",
  reference: "",
  operand: "multiplicative",
  parameters: [parameter("CvrFract", "", 0.5, [0, 0.05, 0.95, 1], 0.01)],
  prepare: () => (out, theta) => {
    for (let i = 0; i < out.length; i++) out[i] = 1 - theta[0] + theta[0] * out[i];
  },
};
