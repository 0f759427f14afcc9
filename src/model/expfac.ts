import { parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Exponential factor:  1 + A exp(-f E) above E0, 1 below; exact mean over the bin. XSPEC `expfac`. */
export const expfac: Model = {
  kind: "multiplicative",
  name: "expfac",
  summary: "exponential excess above an energy",
  formula: "1 + Ampl exp(-Factor E) above StartE",
  reference: "",
  parameters: [
    parameter("Ampl", "", 1, [0, 0, 1e5, 1e6], 0.01),
    parameter("Factor", "", 1, [0, 0, 1e5, 1e6], 0.01),
    parameter("StartE", "keV", 0.5, [0, 0, 1e5, 1e6], -0.01),
  ],
  prepare: (edges) => (out, theta) => {
    const [amplitude, factor, start] = [theta[0], theta[1], theta[2]];
    for (let i = 0; i < out.length; i++) {
      const low = Math.max(edges[i], start);
      const width = Math.max(0, edges[i + 1] - low);
      out[i] = 1 + (amplitude * decayMean(factor, low, width) * width) / (edges[i + 1] - edges[i]);
    }
  },
};

/** Mean of exp(-factor E) over [low, low + width]. */
function decayMean(factor: number, low: number, width: number): number {
  const drop = factor * width;
  return Math.exp(-factor * low) * (drop > 0 ? -Math.expm1(-drop) / drop : 1);
}
