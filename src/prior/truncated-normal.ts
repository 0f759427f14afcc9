import { LN_SQRT_2PI, normalCdf, normalQuantile } from "../math/normal.ts";

/** A standard normal variable z restricted to [lower, upper] and normalised there. */
export interface TruncatedNormal {
  /** ln of the normalised density for z inside the interval. */
  logPdf(z: number): number;
  cdf(z: number): number;
  quantile(u: number): number;
}

/** Undefined where the interval holds no probability that a double can express (38 sigma and more away). */
export function truncatedNormal(lower: number, upper: number): TruncatedNormal | undefined {
  // Probabilities near 1 lose digits: an interval above 0 is mirrored into the lower tail.
  if (lower > 0) return mirrored(truncatedNormal(-upper, -lower));
  const below = normalCdf(lower);
  const mass = normalCdf(upper) - below;
  if (!(mass > 0)) return undefined;
  const logMass = Math.log(mass);
  return {
    logPdf: (z) => -0.5 * z * z - LN_SQRT_2PI - logMass,
    cdf: (z) => Math.min(1, Math.max(0, (normalCdf(z) - below) / mass)),
    quantile: (u) => Math.min(upper, Math.max(lower, normalQuantile(Math.min(1, below + u * mass)))),
  };
}

function mirrored(base: TruncatedNormal | undefined): TruncatedNormal | undefined {
  if (base === undefined) return undefined;
  return {
    logPdf: (z) => base.logPdf(-z),
    cdf: (z) => 1 - base.cdf(-z),
    quantile: (u) => -base.quantile(1 - u),
  };
}
