import { scaleInto } from "./array-loops.ts";
import { binLogs, sinhc, sinhcSeries, sinhcSeriesBelow } from "./bin-logs.ts";
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
  parameters: [photonIndex("PhoIndex", 1), norm("photon/keV/cm2/s")],
  prepare(edges, { vector }) {
    const { middle, width } = binLogs(edges);
    const quarter = width.map((w) => (w * w) / 4);
    const widest = quarter.reduce((most, value) => Math.max(most, value), 0);
    return (out, theta) => {
      const slope = 1 - theta[0];
      scaleInto(out, slope, middle);
      vector.exp(out, out);
      timesWidth(out, theta[1], width, slope * slope, quarter, widest);
    };
  },
};

/** out[i] *= scale width[i] sinh(h)/h, h^2 = square quarter[i] with quarter[i] at most `widest`. */
function timesWidth(
  out: Float64Array,
  scale: number,
  width: Float64Array,
  square: number,
  quarter: Float64Array,
  widest: number,
): void {
  const bins = out.length;
  if (square * widest >= sinhcSeriesBelow) {
    for (let i = 0; i < bins; i++) out[i] *= scale * width[i] * sinhc(square * quarter[i]);
    return;
  }
  // two bins a turn, as in array-loops.ts
  const pairs = bins & ~1;
  for (let i = 0; i < pairs; i += 2) {
    const even = out[i] * (scale * width[i] * sinhcSeries(square * quarter[i]));
    const odd = out[i + 1] * (scale * width[i + 1] * sinhcSeries(square * quarter[i + 1]));
    out[i] = even;
    out[i + 1] = odd;
  }
  if (pairs < bins) out[pairs] *= scale * width[pairs] * sinhcSeries(square * quarter[pairs]);
}
