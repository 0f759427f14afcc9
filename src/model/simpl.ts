import { parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Comptonisation that scatters a fraction f of the photons into a power law:
 *
 *   out = (1 - f) in + f (scattered up [+ scattered down])
 *
 * A photon at E0 goes up to E with density (G-1) E^-G E0^(G-1); with UpScOnly <= 0 up with weight (G+2)/(1+2G) and down with density
 * (G+2) E^(G+1) E0^-(G+2) and weight (G-1)/(1+2G). Bins scatter from their middle. Sums over bins below and above are running
 * sums, so the cost is that of one pass. The share that a bin scatters down into itself follows XSPEC, which takes it from the bin's
 * upper edge: with both directions photons are conserved only as far as bins are narrow. Reference: Steiner et al. 2009, PASP 121, 1279. XSPEC `simpl`.
 */
export const simpl: Model = {
  kind: "convolution",
  name: "simpl",
  summary: "Comptonisation of a seed spectrum into a power law",
  formula: "(1-FracSctr) M(E) + FracSctr int M(E') G(E|E') dE'",
  reference: "Steiner et al. 2009, PASP 121, 1279",
  operand: "additive",
  parameters: [
    parameter("Gamma", "", 2.3, [1, 1.1, 4, 5], 0.05),
    parameter("FracSctr", "", 0.05, [0, 0, 0.4, 1], 0.005),
    parameter("UpScOnly", "", 1, [0, 0, 100, 100], -1),
  ],
  prepare(edges) {
    const bins = edges.length - 1;
    const old = new Float64Array(bins);
    const middle = old.map((_, i) => 0.5 * (edges[i] + edges[i + 1]));
    return (out, theta) => {
      const gamma = theta[0] === 1 ? 1.001 : theta[0];
      const both = !(theta[2] > 0);
      old.set(out);
      for (let i = 0; i < bins; i++) out[i] = (1 - theta[1]) * old[i];
      scatterUp(out, old, edges, middle, 1 - gamma, theta[1] * (both ? (gamma + 2) / (1 + 2 * gamma) : 1));
      if (both) scatterDown(out, old, edges, middle, gamma + 2, (theta[1] * (gamma - 1)) / (1 + 2 * gamma));
    };
  },
};

/** Adds weight x old scattered to higher energies, distributed as E^p above (p < 0). */
function scatterUp(
  out: Float64Array,
  old: Float64Array,
  edges: Float64Array,
  middle: Float64Array,
  p: number,
  weight: number,
): void {
  let from = 0;
  for (let j = 0; j < out.length; j++) {
    const high = edges[j + 1] ** p;
    const seed = old[j] * middle[j] ** -p;
    out[j] += weight * (from * (edges[j] ** p - high) + old[j] - seed * high);
    from += seed;
  }
}

/** Adds weight x old scattered to lower energies, distributed as E^p below (p > 0). */
function scatterDown(
  out: Float64Array,
  old: Float64Array,
  edges: Float64Array,
  middle: Float64Array,
  p: number,
  weight: number,
): void {
  let from = 0;
  for (let j = out.length - 1; j >= 0; j--) {
    const high = edges[j + 1] ** p;
    const low = edges[j] ** p;
    const seed = old[j] * middle[j] ** -p;
    out[j] += weight * (from * (high - low) + old[j] - seed * high);
    from += seed;
  }
}
