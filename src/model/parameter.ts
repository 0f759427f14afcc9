import type { Parameter } from "./types.ts";

/** Hard minimum, soft minimum, soft maximum, hard maximum. */
type Limits = readonly [number, number, number, number];

/** A parameter's record in one line. A negative delta: fixed unless freed. */
export function parameter(
  name: string,
  unit: string,
  value: number,
  limits: Limits,
  delta: number,
): Parameter {
  const [min, softMin, softMax, max] = limits;
  return { name, unit, default: value, min, max, softMin, softMax, delta };
}

/** The last parameter of every additive model, with XSPEC's limits. The unit depends on the model. */
export function norm(unit: string): Parameter {
  return parameter("norm", unit, 1, [0, 0, 1e20, 1e24], 0.01);
}

/** Hydrogen column of the absorption models. */
export const columnDensity = parameter("nH", "1e22 cm-2", 1, [0, 0, 1e5, 1e6], 0.001);

/** Redshift of the models whose name begins with z. */
export const redshift = parameter("Redshift", "", 0, [-0.999, -0.999, 10, 10], -0.01);

/** Photon index of the power laws. */
export function photonIndex(name: string, value: number): Parameter {
  return parameter(name, "", value, [-3, -2, 9, 10], 0.01);
}
