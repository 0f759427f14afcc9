import { bandLimits } from "./cflux.ts";
import { scaleToFlux } from "./flux-scaling.ts";
import { parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Scales the spectrum behind it to a photon flux over a band. One norm in the spectrum must be fixed. XSPEC `cpflux`. */
export const cpflux: Model = {
  kind: "convolution",
  name: "cpflux",
  summary: "photon flux of the spectrum in a band",
  formula: "M(E) Flux / int_Emin^Emax M(E) dE",
  reference: "",
  operand: "additive",
  scales: false,
  parameters: [...bandLimits, parameter("Flux", "photon/cm2/s", 1, [0, 0, 1e10, 1e10], 0.01)],
  prepare(edges) {
    return (out, theta) => scaleToFlux(out, edges, { low: theta[0], high: theta[1] }, theta[2], () => 1);
  },
};
