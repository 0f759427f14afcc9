import { meanOfEdges } from "./edge-mean.ts";
import { parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Cyclotron line with its second harmonic:
 *
 *   exp(-D0 (W0 E/E0)^2/((E - E0)^2 + W0^2) - D2 (W2 E/(2 E0))^2/((E - 2 E0)^2 + W2^2))
 *
 * Mean of the values at a bin's two edges. XSPEC `cyclabs`.
 */
export const cyclabs: Model = {
  kind: "multiplicative",
  name: "cyclabs",
  summary: "cyclotron absorption line and harmonic",
  formula: "exp(-Depth0 (Width0 E/E0)^2/((E-E0)^2+Width0^2) - Depth2 (Width2 E/2E0)^2/((E-2E0)^2+Width2^2))",
  reference: "Mihara+ 1990, Nature 346, 250; Makishima+ 1990, PASJ 42, 295",
  parameters: [
    parameter("Depth0", "", 2, [0, 0, 100, 100], 0.01),
    parameter("E0", "keV", 30, [1, 1, 100, 100], 0.01),
    parameter("Width0", "keV", 10, [1, 1, 100, 100], -0.01),
    parameter("Depth2", "", 0, [0, 0, 100, 100], -0.01),
    parameter("Width2", "keV", 20, [1, 1, 100, 100], -0.01),
  ],
  prepare(edges, { vector }) {
    const work = vector.alloc(edges.length);
    return (out, theta) => {
      const centre = theta[1];
      for (let i = 0; i < work.length; i++) {
        const first = resonance(edges[i], centre, theta[2]);
        const second = resonance(edges[i], 2 * centre, theta[4]);
        work[i] = -theta[0] * first - theta[3] * second;
      }
      vector.exp(work, work);
      meanOfEdges(out, work);
    };
  },
};

function resonance(energy: number, centre: number, width: number): number {
  return ((width * energy) / centre) ** 2 / ((energy - centre) ** 2 + width * width);
}
