import { sinhc } from "./bin-logs.ts";
import { norm, parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Exponential decay, integrated over each bin:  N(E) = K exp(-f E). XSPEC `expdec`. */
export const expdec: Model = {
  kind: "additive",
  name: "expdec",
  summary: "exponential decay",
  formula: "norm exp(-factor E)",
  reference: "",
  parameters: [parameter("factor", "", 1, [0, 0, 100, 100], 0.01), norm("photon/keV/cm2/s")],
  prepare(edges, { vector }) {
    return (out, theta) => {
      for (let i = 0; i < out.length; i++) out[i] = -theta[0] * 0.5 * (edges[i] + edges[i + 1]);
      vector.exp(out, out);
      for (let i = 0; i < out.length; i++) {
        const width = edges[i + 1] - edges[i];
        out[i] *= theta[1] * width * sinhc((0.5 * theta[0] * width) ** 2);
      }
    };
  },
};
