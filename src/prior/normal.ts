import { InputError, type Where } from "../errors.ts";
import { closed } from "./closed.ts";
import { type TruncatedNormal, truncatedNormal } from "./truncated-normal.ts";
import type { Prior } from "./types.ts";

/** Interval to which a prior is cut, closed; the density is normalised over what is left. */
export interface Truncation {
  readonly min?: number;
  readonly max?: number;
  /** Put in front of the message where nothing is left. */
  readonly where?: Where;
}

/** Normal law of mean `mean` and standard deviation `sd` > 0, truncated to [min, max] and normalised there. */
export function normal(mean: number, sd: number, truncation: Truncation = {}): Prior {
  const { min = -Infinity, max = Infinity } = truncation;
  const text = `normal(${mean}, ${sd})`;
  const standard = insideLimits(text, (min - mean) / sd, (max - mean) / sd, truncation);
  const logSd = Math.log(sd);
  return {
    kind: "normal",
    text,
    lower: min,
    upper: max,
    logarithmic: false,
    logPdf: (x) => (x >= min && x <= max ? standard.logPdf((x - mean) / sd) - logSd : -Infinity),
    penalty(x) {
      const z = (x - mean) / sd;
      return { value: z * z, slope: (2 * z) / sd, curvature: 2 / sd ** 2 };
    },
    cdf: (x) => standard.cdf((x - mean) / sd),
    quantile: closed(min, max, (u) => mean + sd * standard.quantile(u)),
  };
}

/** ln x normal with mean ln(median) and standard deviation `sdLog` > 0, truncated to [min, max] and normalised there. */
export function lognormal(median: number, sdLog: number, truncation: Truncation = {}): Prior {
  const { max = Infinity } = truncation;
  const min = Math.max(0, truncation.min ?? 0);
  const text = `lognormal(${median}, ${sdLog})`;
  const standardised = (x: number) => Math.log(x / median) / sdLog;
  const standard = insideLimits(text, standardised(min), standardised(Math.max(0, max)), truncation);
  const logSd = Math.log(sdLog);
  return {
    kind: "lognormal",
    text,
    lower: min,
    upper: max,
    logarithmic: true,
    logPdf: (x) =>
      x > 0 && x >= min && x <= max ? standard.logPdf(standardised(x)) - logSd - Math.log(x) : -Infinity,
    penalty(x) {
      const z = standardised(x);
      const slope = (2 + (2 * z) / sdLog) / x;
      return {
        value: 2 * Math.log(x) + z * z,
        slope,
        curvature: (2 / sdLog ** 2 / x - slope) / x,
      };
    },
    cdf: (x) => (x <= min ? 0 : standard.cdf(standardised(x))),
    quantile: closed(min, max, (u) => median * Math.exp(sdLog * standard.quantile(u))),
  };
}

function insideLimits(
  text: string,
  lower: number,
  upper: number,
  { min, max, where }: Truncation,
): TruncatedNormal {
  const standard = truncatedNormal(lower, upper);
  if (standard !== undefined) return standard;
  throw new InputError(
    `${text} has no probability inside the limits [${min ?? -Infinity}, ${max ?? Infinity}]; choose a prior that overlaps them`,
    where,
  );
}
