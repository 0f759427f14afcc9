import { redshift } from "./parameter.ts";
import { shiftPhotons } from "./shift.ts";
import type { Model } from "./types.ts";

/** Redshift of an additive model: energies and photons are divided by 1 + z, flat inside bins. XSPEC `zashift`. */
export const zashift: Model = {
  kind: "convolution",
  name: "zashift",
  summary: "redshift of an additive model",
  formula: "M(E (1+z)) with N(E) dE / (1+z)",
  reference: "",
  operand: "additive",
  parameters: [redshift],
  prepare: (edges) =>
    shiftPhotons(edges, (theta) => ({ grid: 1 / (1 + theta[0]), photons: 1 / (1 + theta[0]) })),
};
