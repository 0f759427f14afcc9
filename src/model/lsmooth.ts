import { smooth, smoothing } from "./smooth.ts";
import type { Model } from "./types.ts";

/** Lorentzian smoothing of a full width at half maximum that follows a power of energy. XSPEC `lsmooth`. */
export const lsmooth: Model = {
  kind: "convolution",
  name: "lsmooth",
  summary: "Lorentzian smoothing",
  formula: "int M(E') (s/2 pi) / ((E-E')^2 + (s/2)^2) dE',  s = Sig_6keV (E'/6)^Index",
  reference: "",
  operand: "additive",
  parameters: smoothing,
  prepare: (edges) => smooth(edges, (x) => Math.atan(2 * x) / Math.PI),
};
