import { scaleInto } from "./array-loops.ts";
import { average, overlaps, redistribute } from "./rebin.ts";
import type { Evaluate } from "./types.ts";

/** A shift of energies: the factor on the grid, and what the photons of each bin are multiplied with. */
export interface Shift {
  readonly grid: number;
  readonly photons: number;
}

/** Shifts a spectrum of photons a bin; `shiftOf` gives the factors from the model's parameters. */
export function shiftPhotons(edges: Float64Array, shiftOf: (theta: ArrayLike<number>) => Shift): Evaluate {
  const old = new Float64Array(edges.length - 1);
  const overlap = overlaps(edges, edges, 1);
  return (out, theta) => {
    const { grid, photons } = shiftOf(theta);
    if (grid !== 1) {
      old.set(out);
      redistribute(out, old, overlaps(edges, edges, grid, overlap));
    }
    if (photons !== 1) scaleInto(out, photons, out);
  };
}

/** Shifts the factors of a multiplicative model. As in XSPEC, bins that the shifted grid does not reach get 0. */
export function shiftFactors(edges: Float64Array, gridOf: (theta: ArrayLike<number>) => number): Evaluate {
  const old = new Float64Array(edges.length - 1);
  const overlap = overlaps(edges, edges, 1);
  return (out, theta) => {
    const grid = gridOf(theta);
    if (grid === 1) return;
    old.set(out);
    average(out, old, overlaps(edges, edges, grid, overlap), 0);
  };
}
