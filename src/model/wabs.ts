import { morrisonTransmission } from "./absorption/morrison.ts";
import { columnDensity } from "./parameter.ts";
import type { Model } from "./types.ts";

/** XSPEC's `wabs`, unlike its `zwabs`, lets nothing pass beyond this optical depth. */
const opaque = 50;

/**
 * Photoelectric absorption with the cross-sections and abundances (Anders & Ebihara 1982) of 1983; the settings for
 * abundances and cross-sections do not count. Superseded by `tbabs`; here for comparison with older work. XSPEC `wabs`.
 */
export const wabs: Model = {
  kind: "multiplicative",
  name: "wabs",
  summary: "photoelectric absorption of 1983",
  formula: "exp(-nH sigma(E))",
  reference: "Morrison & McCammon 1983, ApJ 270, 119",
  parameters: [columnDensity],
  prepare(edges, { vector }) {
    const transmit = morrisonTransmission(edges, vector, opaque);
    return (out, theta) => transmit(out, theta[0], 0);
  },
};
