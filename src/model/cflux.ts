import { scaleToFlux } from "./flux-scaling.ts";
import { parameter } from "./parameter.ts";
import type { Model, Parameter } from "./types.ts";

/** keV in erg as XSPEC's cflux has it (elsewhere XSPEC uses 1.60217733e-9). */
const ERG = 1.602192e-9;

/** Ends of the band that a flux refers to; fixed unless freed. */
export const bandLimits: readonly Parameter[] = [
  parameter("Emin", "keV", 0.5, [0, 0, 1e6, 1e6], -0.1),
  parameter("Emax", "keV", 10, [0, 0, 1e6, 1e6], -0.1),
];

/**
 * Scales the spectrum behind it to an energy flux F over a band:  sum over bins of photons x mean energy of the part of the bin in the band
 * = 10^lg10Flux erg/cm2/s. One norm in the spectrum must be fixed. XSPEC `cflux`.
 */
export const cflux: Model = {
  kind: "convolution",
  name: "cflux",
  summary: "energy flux of the spectrum in a band",
  formula: "M(E) 10^lg10Flux / int_Emin^Emax E M(E) dE",
  reference: "",
  operand: "additive",
  scales: false,
  parameters: [...bandLimits, parameter("lg10Flux", "log10(erg/cm2/s)", -12, [-100, -100, 100, 100], 0.01)],
  prepare(edges) {
    return (out, theta) =>
      scaleToFlux(
        out,
        edges,
        { low: theta[0], high: theta[1] },
        10 ** theta[2] / ERG,
        (a, b) => 0.5 * (a + b),
      );
  },
};
