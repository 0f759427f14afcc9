import type { Parameter } from "./types.ts";

/** The last parameter of every additive model, with XSPEC's limits. The unit depends on the model. */
export function norm(unit: string): Parameter {
  return { name: "norm", unit, default: 1, min: 0, max: 1e24, softMin: 0, softMax: 1e20, delta: 0.01 };
}

/** Hydrogen column of the absorption models. */
export const columnDensity: Parameter = {
  name: "nH",
  unit: "1e22 cm-2",
  default: 1,
  min: 0,
  max: 1e6,
  softMin: 0,
  softMax: 1e5,
  delta: 0.001,
};

/** Redshift of the models whose name begins with z; fixed unless freed. */
export const redshift: Parameter = {
  name: "Redshift",
  unit: "",
  default: 0,
  min: -0.999,
  max: 10,
  softMin: -0.999,
  softMax: 10,
  delta: -0.01,
};

/** Photon index of the power laws. */
export const photonIndex: Parameter = {
  name: "PhoIndex",
  unit: "",
  default: 1,
  min: -3,
  max: 10,
  softMin: -2,
  softMax: 9,
  delta: 0.01,
};
