import { cover } from "./absorption/covering.ts";
import { columnDensity, parameter } from "./parameter.ts";
import { phabs } from "./phabs.ts";
import type { Model } from "./types.ts";

export const coveringFraction = parameter("CvrFract", "", 0.5, [0, 0.05, 0.95, 1], 0.01);

/** Photoelectric absorption that covers a fraction f of the source: 1 - f + f `phabs`. XSPEC `pcfabs`. */
export const pcfabs: Model = {
  kind: "multiplicative",
  name: "pcfabs",
  summary: "photoelectric absorption of a part of the source",
  formula: "1 - CvrFract + CvrFract exp(-nH sigma(E))",
  reference: phabs.reference,
  parameters: [columnDensity, coveringFraction],
  prepare(edges, settings) {
    const whole = phabs.prepare(edges, settings);
    return (out, theta) => {
      whole(out, theta);
      cover(out, theta[1]);
    };
  },
};
