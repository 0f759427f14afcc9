import { erf } from "../math/erf.ts";
import { smooth, smoothing } from "./smooth.ts";
import type { Model } from "./types.ts";

/** XSPEC's error function here: linear between 200 steps up to 3.2, and 1 beyond; within 3e-5 of the real one. */
const STEP = 3.2 / 200;
const TABLE = Float64Array.from({ length: 202 }, (_, k) => erf(k * STEP));

function tabulatedErf(x: number): number {
  const at = Math.abs(x) / STEP;
  if (at >= 200) return Math.sign(x);
  const k = Math.floor(at);
  return Math.sign(x) * (TABLE[k] + (TABLE[k + 1] - TABLE[k]) * (at - k));
}

/** Gaussian smoothing of a width that follows a power of energy. XSPEC `gsmooth`, with its table of the error function. */
export const gsmooth: Model = {
  kind: "convolution",
  name: "gsmooth",
  summary: "Gaussian smoothing",
  formula: "int M(E') exp(-(E-E')^2/(2 s^2)) / (s sqrt(2 pi)) dE',  s = Sig_6keV (E'/6)^Index",
  reference: "",
  operand: "additive",
  parameters: smoothing,
  prepare: (edges) => smooth(edges, (x) => 0.5 * (1 + tabulatedErf(x * Math.SQRT1_2))),
};
