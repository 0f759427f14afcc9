import { InputError } from "../errors.ts";
import { type AtmosphereGrid, mixAtmosphere } from "./atmosphere-grid.ts";
import { naturalSpline } from "./natural-spline.ts";
import { norm, parameter } from "./parameter.ts";
import type { Evaluate, Model, PhysicsSettings } from "./types.ts";

/** XSPEC's constants: Schwarzschild radius of the sun, cm; G times the sun's mass, cgs; kiloparsec, cm; keV, erg. */
const schwarzschild = 2.95e5;
const solarGravity = 6.67e-8 * 1.99e33;
const kiloparsec = 3.09e21;
const keV = 1.602e-9;

/** Weights of five equally spaced points of a bin, in units of its width: Boole's rule. */
const FIVE = [7 / 90, 32 / 90, 12 / 90, 32 / 90, 7 / 90];

/**
 * Hydrogen atmosphere of a neutron star with a negligible magnetic field, as an observer at infinity sees it:
 *
 *   N(E) = K (R/D)^2 F(E (1+z); T, g, mu)/((1+z) E)   [photon/cm2/s/keV],   (1+z)^-2 = 1 - 1/r,   r = R/R_S
 *
 * F is the flux of the surface, erg/cm2/s/keV, with the effective temperature T, the gravity g = G M (1+z)/R^2 and the cosine mu of the
 * angle from which on rays come back to the surface: mu^2 = 1 - 6.75/r^2 + 6.75/r^3 for r < 1.5, else 0. Its logarithm is mixed linearly in mu,
 * log g and log T from the user's grid, whose rows say what they belong to (see `readAtmosphereGrid`); the spectrum is the natural cubic spline of log N against E, zero beyond the grid's energies, summed
 * with five points a bin. K is the fraction of the surface that shines.
 *
 * A star cannot be smaller than 1.125 R_S (3.32 km a solar mass; Buchdahl 1959, Phys. Rev. 116, 1027): there the model is zero, as in
 * XSPEC, so that data with counts give such mass and radius a likelihood next to nothing. XSPEC `nsatmos`.
 */
export const nsatmos: Model = {
  kind: "additive",
  name: "nsatmos",
  grid: "nsatmosdata.fits",
  summary:
    "hydrogen atmosphere of a neutron star; from a grid, nsatmos{nsatmosdata.fits}; 0 where R_ns is below 3.32 km M_ns",
  formula: "norm (R/D)^2 F(E (1+z); T, g, mu)/((1+z) E), 1+z = (1 - 2.95 M_ns/R_ns)^-1/2",
  reference: "Heinke, Rybicki, Narayan & Grindlay 2006, ApJ 644, 1090",
  parameters: [
    parameter("LogT_eff", "K", 6, [5, 5, 6.5, 6.5], 0.01),
    parameter("M_ns", "Msun", 1.4, [0.5, 0.5, 3, 3], 0.1),
    parameter("R_ns", "km", 10, [5, 5, 30, 30], 0.1),
    parameter("dist", "kpc", 10, [0.1, 0.1, 100, 100], 0.1),
    norm("fraction of the surface"),
  ],
  prepare() {
    throw new InputError("nsatmos needs its grid; write nsatmos{nsatmosdata.fits}", { key: "model" });
  },
};

/** `nsatmos` with its grid. */
export function nsatmosOf(grid: AtmosphereGrid): Model {
  return { ...nsatmos, prepare: (edges, settings) => evaluator(grid, edges, settings) };
}

function evaluator(grid: AtmosphereGrid, edges: Float64Array, { vector }: PhysicsSettings): Evaluate {
  const { energies } = grid;
  const points = fivePoints(edges);
  const work = vector.alloc(points.length);
  const logFlux = new Float64Array(energies.length);
  const logEnergies = Array.from(energies, Math.log10);
  const spline = naturalSpline(energies);
  return (out, theta) => {
    const [logT, mass, radius, distance, fraction] = theta as readonly number[];
    const star = surface(mass, radius);
    if (star === undefined) {
      out.fill(0);
      return;
    }
    mixAtmosphere(logFlux, grid, logT, star.logGravity, star.mu);
    const logT6 = logT - 6;
    const logZ = Math.log10(star.redshift);
    // the grid is that of 1e6 K: energies go with T6, fluxes per keV with T6^3
    const stretch = 10 ** logT6 / star.redshift;
    const logScale =
      3 * logT6 - logZ + 2 * Math.log10((radius * 1e5) / (kiloparsec * distance)) - Math.log10(keV * stretch);
    for (let k = 0; k < logFlux.length; k++) logFlux[k] += logScale - logEnergies[k];
    spline.fill(work, logFlux, points, 1 / stretch);
    for (let i = 0; i < work.length; i++) work[i] *= Math.LN10;
    vector.exp(work, work);
    zeroOutside(work, points, energies[0] * stretch, energies[energies.length - 1] * stretch);
    sumFive(out, edges, work, fraction);
  };
}

/** What the relativity of a star of mass (solar) and radius (km) makes of its surface; undefined below 1.125 R_S. */
function surface(
  mass: number,
  radius: number,
): { readonly redshift: number; readonly logGravity: number; readonly mu: number } | undefined {
  const cm = radius * 1e5;
  const r = cm / (schwarzschild * mass);
  if (!(r >= 1.125)) return undefined;
  const redshift = 1 / Math.sqrt(1 - 1 / r);
  return {
    redshift,
    logGravity: Math.log10(((solarGravity * mass) / (cm * cm)) * redshift),
    mu: r < 1.5 ? Math.sqrt(1 - 6.75 / r ** 2 + 6.75 / r ** 3) : 0,
  };
}

/** Five points a bin, those at the edges shared: (4 E + 1). */
function fivePoints(edges: Float64Array): Float64Array {
  const points = new Float64Array(4 * (edges.length - 1) + 1);
  for (let i = 0; i + 1 < edges.length; i++)
    for (let k = 0; k < 4; k++) points[4 * i + k] = edges[i] + 0.25 * k * (edges[i + 1] - edges[i]);
  points[points.length - 1] = edges[edges.length - 1];
  return points;
}

function zeroOutside(values: Float64Array, points: Float64Array, low: number, high: number): void {
  for (let i = 0; i < values.length; i++) if (points[i] < low || points[i] > high) values[i] = 0;
}

function sumFive(out: Float64Array, edges: Float64Array, values: Float64Array, scale: number): void {
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let k = 0; k < 5; k++) sum += FIVE[k] * values[4 * i + k];
    out[i] = scale * sum * (edges[i + 1] - edges[i]);
  }
}
