import { redshift } from "./parameter.ts";
import { shiftFactors } from "./shift.ts";
import type { Model } from "./types.ts";

/** Redshift of a multiplicative model: energies are divided by 1 + z, factors averaged over bins. XSPEC `zmshift`. */
export const zmshift: Model = {
  kind: "convolution",
  name: "zmshift",
  summary: "redshift of a multiplicative model",
  formula: "M(E (1+z))",
  reference: "",
  operand: "multiplicative",
  parameters: [redshift],
  prepare: (edges) => shiftFactors(edges, (theta) => 1 / (1 + theta[0])),
};
