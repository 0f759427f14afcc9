import type { Prior } from "./types.ts";

/** p(x) = 1 / (hi - lo) on [lo, hi], lo < hi finite. */
export function uniform(lower: number, upper: number): Prior {
  const width = upper - lower;
  return {
    kind: "uniform",
    text: `uniform(${lower}, ${upper})`,
    lower,
    upper,
    logarithmic: false,
    logPdf: (x) => (x >= lower && x <= upper ? -Math.log(width) : -Infinity),
    penalty: () => ({ value: 0, slope: 0, curvature: 0 }),
    cdf: (x) => Math.min(1, Math.max(0, (x - lower) / width)),
    quantile: (u) => Math.min(upper, lower + width * u),
  };
}
