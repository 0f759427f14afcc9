import { lastAtMost } from "../math/index.ts";
import { meanOfEdges } from "./edge-mean.ts";
import { parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Smeared edge:  exp(-tau (E/Ee)^index (1 - exp((Ee - E)/width))) above the edge, 1 below; mean of the values at a bin's
 * two edges, the bin with the edge in two parts. XSPEC `smedge`.
 */
export const smedge: Model = {
  kind: "multiplicative",
  name: "smedge",
  summary: "smeared absorption edge",
  formula: "exp(-MaxTau (E/edgeE)^index (1 - exp((edgeE - E)/width))) above edgeE",
  reference: "Ebisawa 1991, PhD thesis, University of Tokyo",
  parameters: [
    parameter("edgeE", "keV", 7, [0.1, 0.1, 100, 100], 0.05),
    parameter("MaxTau", "", 1, [0, 0, 5, 10], 0.01),
    parameter("index", "", -2.67, [-10, -10, 10, 10], -0.01),
    parameter("width", "", 10, [0.01, 0.01, 100, 100], 0.01),
  ],
  prepare(edges, { vector }) {
    const work = vector.alloc(edges.length);
    return (out, theta) => {
      const threshold = theta[0];
      for (let i = 0; i < work.length; i++) {
        const smearing = -Math.expm1((threshold - edges[i]) / theta[3]);
        const above = edges[i] > threshold;
        work[i] = above ? -theta[1] * (edges[i] / threshold) ** theta[2] * smearing : 0;
      }
      vector.exp(work, work);
      meanOfEdges(out, work);
      const bin = lastAtMost(edges, threshold);
      if (bin < 0 || bin >= out.length) return;
      const below = (threshold - edges[bin]) / (edges[bin + 1] - edges[bin]);
      out[bin] = below + (1 - below) * 0.5 * (1 + work[bin + 1]);
    };
  },
};
