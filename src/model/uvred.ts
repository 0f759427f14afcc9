import { colourExcess } from "./redden.ts";
import type { Model } from "./types.ts";

/** Wave number (1/micron) of a keV, as XSPEC has it here. */
const waveNumberOfKev = 806.54658;

/**
 * Reddening of ultraviolet light (1000-3704 A, 1 elsewhere) after Seaton, at the bin's midpoint:  10^(-0.4 E(B-V) X).
 * XSPEC `uvred`.
 */
export const uvred: Model = {
  kind: "multiplicative",
  name: "uvred",
  summary: "reddening of ultraviolet light",
  formula: "10^(-0.4 E_BmV X(lambda))",
  reference: "Seaton 1979, MNRAS 187, 73P",
  parameters: [colourExcess],
  prepare(edges, { vector }) {
    const exponent = Float64Array.from({ length: edges.length - 1 }, (_, i) => {
      return -0.4 * Math.LN10 * seaton(waveNumberOfKev * 0.5 * (edges[i] + edges[i + 1]));
    });
    return (out, theta) => {
      for (let i = 0; i < out.length; i++) out[i] = theta[0] * exponent[i];
      vector.exp(out, out);
    };
  },
};

function seaton(x: number): number {
  const bump = 1.01 / ((x - 4.6) ** 2 + 0.28);
  if (x < 2.7 || x > 10) return 0;
  if (x < 3.65) return 1.56 + 1.048 * x + bump;
  if (x < 7.14) return 2.29 + 0.848 * x + bump;
  return 16.17 - 3.2 * x + 0.2975 * x * x;
}
