import { parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/** A factor that does not depend on energy. XSPEC `constant`. */
export const constant: Model = {
  kind: "multiplicative",
  name: "constant",
  summary: "constant factor",
  formula: "factor",
  reference: "",
  parameters: [parameter("factor", "", 1, [0, 0, 1e10, 1e10], 0.01)],
  prepare: () => (out, theta) => {
    out.fill(theta[0]);
  },
};
