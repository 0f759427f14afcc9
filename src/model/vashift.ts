import { parameter } from "./parameter.ts";
import { shiftPhotons } from "./shift.ts";
import type { Model } from "./types.ts";

/** km/s. */
const LIGHT = 299792.458;

/** Velocity of the emitter, positive where it recedes. */
export const velocity = parameter("Velocity", "km/s", 0, [-1e4, -1e4, 1e4, 1e4], -10);

/** Factor on energies at a velocity, to first order as in XSPEC. */
export function velocityShift(v: number): number {
  return 1 - v / LIGHT;
}

/** Velocity shift of an additive model: energies times 1 - v/c, the photons kept. XSPEC `vashift`. */
export const vashift: Model = {
  kind: "convolution",
  name: "vashift",
  summary: "velocity shift of an additive model",
  formula: "M(E / (1 - v/c)), photons conserved",
  reference: "",
  operand: "additive",
  parameters: [velocity],
  prepare: (edges) => shiftPhotons(edges, (theta) => ({ grid: velocityShift(theta[0]), photons: 1 })),
};
