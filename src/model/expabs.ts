import { meanOfEdges } from "./edge-mean.ts";
import { parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Low-energy exponential cut-off:  exp(-Ec/E), mean of the values at a bin's two edges. XSPEC `expabs`. */
export const expabs: Model = {
  kind: "multiplicative",
  name: "expabs",
  summary: "low-energy exponential cut-off",
  formula: "exp(-LowECut/E)",
  reference: "",
  parameters: [parameter("LowECut", "keV", 2, [0, 0, 100, 200], 0.01)],
  prepare(edges, { vector }) {
    const work = vector.alloc(edges.length);
    return (out, theta) => {
      for (let i = 0; i < work.length; i++) work[i] = -theta[0] / edges[i];
      vector.exp(work, work);
      meanOfEdges(out, work);
    };
  },
};
