import { diskSpectrum } from "./disk-spectrum.ts";
import { norm, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/** XSPEC's constant of this model, 0.4 % above the 1/361 of `diskbb`. */
const perNorm = 2.78e-3;

/**
 * `diskbb` with the temperature falling as r^-p:
 *
 *   N(E) = 2.78e-3 K (3/4)/p E^2 int_0^1 t^(-2/p - 1)/(exp(E/(t Tin)) - 1) dt   [photon/cm2/s/keV]
 *
 * The disc has no outer edge. XSPEC `diskpbb` adds up rings: it is off this integral by up to 0.5 % between 0.2 and
 * 0.4 Tin, and by less than 2e-4 elsewhere.
 */
export const diskpbb: Model = {
  kind: "additive",
  name: "diskpbb",
  summary: "disc of black-body rings with a free temperature profile",
  formula: "2.78e-3 norm (3/4)/p E^2 int_0^1 t^(-2/p - 1)/(exp(E/(t Tin)) - 1) dt",
  reference: "Mineshige+ 1994, ApJ 426, 308",
  parameters: [
    parameter("Tin", "keV", 1, [0.1, 0.1, 10, 10], 0.02),
    parameter("p", "", 0.75, [0.5, 0.5, 1, 1], 0.05),
    norm("(km/10kpc)2 cos(i)"),
  ],
  prepare(edges, { vector }) {
    const fill = diskSpectrum(edges, vector);
    return (out, theta) => fill(out, theta[0], theta[1], perNorm * theta[2]);
  },
};
