import { closed } from "./closed.ts";
import type { Prior } from "./types.ts";

/** p(x) = 1 / (x ln(hi/lo)) on [lo, hi], 0 < lo < hi finite: uniform in ln x (Jeffreys' prior of a scale). */
export function loguniform(lower: number, upper: number): Prior {
  const logLower = Math.log(lower);
  const width = Math.log(upper) - logLower;
  const logWidth = Math.log(width);
  return {
    kind: "loguniform",
    text: `loguniform(${lower}, ${upper})`,
    lower,
    upper,
    logarithmic: true,
    logPdf: (x) => (x >= lower && x <= upper ? -Math.log(x) - logWidth : -Infinity),
    penalty: (x) => ({ value: 2 * Math.log(x), slope: 2 / x, curvature: -2 / x ** 2 }),
    cdf: (x) => (x <= lower ? 0 : Math.min(1, (Math.log(x) - logLower) / width)),
    quantile: closed(lower, upper, (u) => Math.exp(logLower + width * u)),
  };
}
