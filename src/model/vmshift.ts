import { shiftFactors } from "./shift.ts";
import type { Model } from "./types.ts";
import { velocity, velocityShift } from "./vashift.ts";

/** Velocity shift of a multiplicative model: energies times 1 - v/c. XSPEC `vmshift`. */
export const vmshift: Model = {
  kind: "convolution",
  name: "vmshift",
  summary: "velocity shift of a multiplicative model",
  formula: "M(E / (1 - v/c))",
  reference: "",
  operand: "multiplicative",
  parameters: [velocity],
  prepare: (edges) => shiftFactors(edges, (theta) => velocityShift(theta[0])),
};
