import { diskSpectrum } from "./disk-spectrum.ts";
import { norm, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Disc of black-body rings with T falling as r^(-3/4), from Tin at its inner edge:
 *
 *   N(E) = K/361 E^2 int_0^1 t^(-11/3)/(exp(E/(t Tin)) - 1) dt   [photon/cm2/s/keV]
 *        = K/361 E^2 x^(-8/3) int_x^inf s^(5/3)/(e^s - 1) ds,    x = E/Tin
 *
 * K = (Rin/km)^2/(D/10 kpc)^2 cos(inclination). The integral over the disc is exact where XSPEC `diskbb` has a fit to it:
 * they differ by 4e-5, at most 7e-5 near E = 3 Tin. That over the bin is Gauss-Legendre quadrature, as in XSPEC.
 */
export const diskbb: Model = {
  kind: "additive",
  name: "diskbb",
  summary: "disc of black-body rings",
  formula: "norm/361 E^2 int_0^1 t^(-11/3)/(exp(E/(t Tin)) - 1) dt",
  reference: "Mitsuda+ 1984, PASJ 36, 741",
  parameters: [parameter("Tin", "keV", 1, [0, 0, 1000, 1000], 0.01), norm("(km/10kpc)2 cos(i)")],
  prepare(edges, { vector }) {
    const fill = diskSpectrum(edges, vector);
    return (out, theta) => fill(out, theta[0], 0.75, theta[1] / 361);
  },
};
