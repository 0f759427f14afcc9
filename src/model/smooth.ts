import { parameter } from "./parameter.ts";
import type { Evaluate, Parameter } from "./types.ts";

/** Width at 6 keV and its power of energy. */
export const smoothing: readonly Parameter[] = [
  parameter("Sig_6keV", "keV", 1, [0, 0, 10, 20], 0.05),
  parameter("Index", "", 0, [-1, -1, 1, 1], -0.01),
];

/** A bin that gets less than this of another's photons ends its wing, as in XSPEC. */
const LEAST = 1e-5;

/**
 * Spreads every bin over its neighbours by a profile centred on the bin's middle, of width sigma = Sig_6keV (E/6 keV)^Index. `cumulative` is the
 * profile's distribution function of (E' - E)/sigma. On each side it ends with the first bin beyond one width that gets less than 1e-5; nothing
 * is renormalised, and what leaves the grid is lost.
 */
export function smooth(edges: Float64Array, cumulative: (x: number) => number): Evaluate {
  const old = new Float64Array(edges.length - 1);
  return (out, theta) => {
    if (!(theta[0] > 0)) return;
    old.set(out);
    out.fill(0);
    for (let i = 0; i < old.length; i++) {
      if (old[i] === 0) continue;
      const middle = 0.5 * (edges[i] + edges[i + 1]);
      spread(out, edges, cumulative, {
        i,
        middle,
        sigma: theta[0] * (middle / 6) ** theta[1],
        photons: old[i],
      });
    }
  };
}

interface Source {
  readonly i: number;
  readonly middle: number;
  readonly sigma: number;
  readonly photons: number;
}

function spread(
  out: Float64Array,
  edges: Float64Array,
  cumulative: (x: number) => number,
  { i, middle, sigma, photons }: Source,
): void {
  let below = cumulative((edges[i] - middle) / sigma);
  let left = below;
  for (let j = i; j < out.length; j++) {
    const above = cumulative((edges[j + 1] - middle) / sigma);
    const share = above - below;
    out[j] += photons * share;
    below = above;
    if (share < LEAST && edges[j] - middle > sigma) break;
  }
  for (let j = i - 1; j >= 0; j--) {
    const lower = cumulative((edges[j] - middle) / sigma);
    const share = left - lower;
    out[j] += photons * share;
    left = lower;
    if (share < LEAST && middle - edges[j + 1] > sigma) break;
  }
}
