import { norm, photonIndex } from "./parameter.ts";
import type { Model } from "./types.ts";

/**
 * Power law, integrated over each bin:  N(E) = K E^-G   [photon/cm2/s/keV], E in keV.
 *
 *   int_a^b K E^-G dE = K m^(1-G) L sinh(h)/h,   m = sqrt(a b),  L = ln(b/a),  h = (1-G) L/2
 *
 * One expression for every G: the textbook form is 0/0 at G = 1 and loses digits in narrow bins. XSPEC `powerlaw`.
 */
export const powerlaw: Model = {
  kind: "additive",
  name: "powerlaw",
  summary: "power law",
  formula: "norm E^-PhoIndex",
  reference: "",
  parameters: [photonIndex, norm("photon/keV/cm2/s")],
  prepare(edges, { vector }) {
    const bins = edges.length - 1;
    const logMiddle = new Float64Array(bins);
    const width = new Float64Array(bins);
    for (let i = 0; i < bins; i++) {
      // log1p keeps every digit of a narrow bin's width; ln(b/a) would not
      width[i] = Math.log1p((edges[i + 1] - edges[i]) / edges[i]);
      logMiddle[i] = Math.log(edges[i]) + 0.5 * width[i];
    }
    const work = vector.alloc(bins);
    return (out, theta) => {
      const slope = 1 - theta[0];
      const scale = theta[1];
      for (let i = 0; i < bins; i++) work[i] = slope * logMiddle[i];
      vector.exp(work, work);
      for (let i = 0; i < bins; i++) {
        const half = 0.5 * slope * width[i];
        out[i] = scale * work[i] * width[i] * sinhc(half);
      }
    };
  },
};

/** sinh(h)/h. The series' first omitted term is below 2e-16 in its range. */
export function sinhc(h: number): number {
  const square = h * h;
  if (square < 0.0025) return 1 + square * (1 / 6 + square * (1 / 120 + square * (1 / 5040)));
  return Math.sinh(h) / h;
}
