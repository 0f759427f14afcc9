import { kleinNishina } from "./klein-nishina.ts";

/** Thermal electrons that scatter photons, and what is put into them. Energies in electron masses. */
export interface Comptonization {
  /** Electron temperature. */
  readonly theta: number;
  /** Thomson depth. */
  readonly depth: number;
  /** Photons injected per energy interval, at ln of the energy. */
  readonly seed: (logEnergy: number) => number;
}

/** Grid in ln energy, and ln of the photons that escape per energy interval at its points. */
export interface ComptonSpectrum {
  from: number;
  step: number;
  readonly logPhotons: Float64Array;
}

/** Steps of the coarse grid; the fine one has twice as many. */
export const comptonSteps = 480;

/**
 * Stationary Kompaneets equation with escape, for photons n(x) per energy x in electron masses (Lightman & Zdziarski 1987,
 * ApJ 319, 643; as used by Zdziarski, Johnson & Magdziarz 1996, MNRAS 283, 193):
 *
 *   0 = S(x) - n/(1 + tau f k/3) + d/dx{tau x^4/(1 + 4.6 x + 1.1 x^2) [theta d(n/x^2)/dx + n/x^2]}
 *
 * k(x) is Klein-Nishina over Thomson; f = 1 below x = 0.1, falls linearly to 0 at x = 1. The result is what escapes,
 * n/(1 + tau f k/3). Zero flux at both ends; finite volumes with exponentially fitted fluxes on a logarithmic grid, solved on
 * two grids and extrapolated to step zero: better than 1e-4 up to 15 theta at a step of 0.05.
 *
 * Fills `out` (steps + 1 points) between ln energies from .. to.
 */
export function comptonSolver(
  steps: number,
): (out: ComptonSpectrum, from: number, to: number, source: Comptonization) => void {
  const coarse = tridiagonal(steps + 1);
  const fine = tridiagonal(2 * steps + 1);
  return (out, from, to, source) => {
    out.from = from;
    out.step = (to - from) / steps;
    solve(coarse, from, out.step, source);
    solve(fine, from, 0.5 * out.step, source);
    for (let i = 0; i <= steps; i++) {
      // an error of second order, removed from the logarithm
      const [once, twice] = [coarse.right[i], fine.right[2 * i]];
      out.logPhotons[i] = once > 0 && twice > 0 ? (4 * Math.log(twice) - Math.log(once)) / 3 : nothing;
    }
  };
}

/** ln of less than the smallest number. */
const nothing = -750;

interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Right-hand side, then the solution. */
  readonly right: Float64Array;
  /** What escapes, of the photons over the energy's square. */
  readonly loss: Float64Array;
}

function tridiagonal(points: number): Tridiagonal {
  const [diagonal, lower, upper, right, loss] = [0, 0, 0, 0, 0].map(() => new Float64Array(points));
  return { diagonal, lower, upper, right, loss };
}

/** Leaves the escaping photons per energy interval in `right`. */
function solve(system: Tridiagonal, from: number, step: number, source: Comptonization): void {
  const { diagonal, lower, upper, right, loss } = system;
  const { theta, depth, seed } = source;
  const points = right.length;
  const ratio = Math.exp(step);
  const root = Math.sqrt(ratio);
  let fromBelow = 0;
  let toBelow = 0;
  for (let i = 0; i < points; i++) {
    const logEnergy = from + i * step;
    const x = Math.exp(logEnergy);
    const volume = step * x;
    right[i] = seed(logEnergy) * volume;
    lower[i] = -fromBelow;
    loss[i] = x * x * escapeRate(x, depth);
    diagonal[i] = loss[i] * volume + toBelow;
    upper[i] = 0;
    if (i + 1 === points) break;
    // flux between this point and the next, in terms of n/x^2
    const middle = x * root;
    const width = x * (ratio - 1);
    const diffusion = (depth * theta * middle ** 4) / (width * (1 + middle * (4.6 + 1.1 * middle)));
    const drift = width / theta;
    // z/(e^z - 1) at z and at -z
    const fitted = drift / Math.expm1(drift);
    toBelow = diffusion * (fitted + drift);
    fromBelow = diffusion * fitted;
    upper[i] = -toBelow;
    diagonal[i] += fromBelow;
  }
  eliminate(system);
  for (let i = 0; i < points; i++) right[i] *= loss[i];
}

/** Rate of escape in units of the light crossing time. */
function escapeRate(x: number, depth: number): number {
  if (x >= 1) return 1;
  const forward = x <= 0.1 ? 1 : (1 - x) / 0.9;
  return 1 / (1 + (depth * kleinNishina(x) * forward) / 3);
}

/** Solves in place: all off-diagonals are negative and the diagonal dominates, so there is nothing to pivot. */
function eliminate({ diagonal, lower, upper, right }: Tridiagonal): void {
  const last = right.length - 1;
  for (let i = 1; i <= last; i++) {
    const factor = lower[i] / diagonal[i - 1];
    diagonal[i] -= factor * upper[i - 1];
    right[i] -= factor * right[i - 1];
  }
  right[last] /= diagonal[last];
  for (let i = last - 1; i >= 0; i--) right[i] = (right[i] - upper[i] * right[i + 1]) / diagonal[i];
}
