import { morrisonTransmission } from "./absorption/morrison.ts";
import { columnDensity, redshift } from "./parameter.ts";
import type { Model } from "./types.ts";

/** `wabs` at a redshift: bin edges times 1+z. XSPEC `zwabs`. */
export const zwabs: Model = {
  kind: "multiplicative",
  name: "zwabs",
  summary: "photoelectric absorption of 1983 at a redshift",
  formula: "exp(-nH sigma(E (1+z)))",
  reference: "Morrison & McCammon 1983, ApJ 270, 119",
  parameters: [columnDensity, redshift],
  prepare(edges, { vector }) {
    const transmit = morrisonTransmission(edges, vector, Number.POSITIVE_INFINITY);
    return (out, theta) => transmit(out, theta[0], theta[1]);
  },
};
