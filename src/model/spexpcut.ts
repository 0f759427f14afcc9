import { meanOfEdges } from "./edge-mean.ts";
import { parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Super-exponential cut-off:  exp(-(E/Ec)^alpha), mean of the values at a bin's two edges. XSPEC `spexpcut`. */
export const spexpcut: Model = {
  kind: "multiplicative",
  name: "spexpcut",
  summary: "super-exponential cut-off",
  formula: "exp(-(E/Ecut)^alpha)",
  reference: "",
  parameters: [
    parameter("Ecut", "keV", 10, [0, 0, 1e6, 1e6], 0.1),
    parameter("alpha", "", 1, [-5, -5, 5, 5], 0.01),
  ],
  prepare(edges, { vector }) {
    const logs = edges.map(Math.log);
    const work = vector.alloc(edges.length);
    return (out, theta) => {
      const logCut = Math.log(theta[0]);
      for (let i = 0; i < work.length; i++) work[i] = theta[1] * (logs[i] - logCut);
      vector.exp(work, work);
      for (let i = 0; i < work.length; i++) work[i] = -work[i];
      vector.exp(work, work);
      meanOfEdges(out, work);
    };
  },
};
