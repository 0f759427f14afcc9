import { InputError } from "../errors.ts";
import { studentLimit } from "./student.ts";

/** True values of one parameter and posterior summaries of N test spectra; logarithmic parameters in log10. */
export interface Recovered {
  readonly truth: ArrayLike<number>;
  readonly median: ArrayLike<number>;
  /** Ends of the 68 % intervals. */
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

export interface OriginSlope {
  readonly slope: number;
  /** Half of the 95 % interval of the slope. */
  readonly error: number;
  /** Standard error, scaled by the scatter. */
  readonly standardError: number;
}

/**
 * Line through the origin fitted to medians m against true values t, as published in-out plots quote it:
 *
 *   slope = sum w t m / sum w t^2,   w = 1/e^2,   e^2 = ((m - low)^2 + (high - m)^2) / 2
 *   standard error^2 = sum w (m - slope t)^2 / ((N - 1) sum w t^2),   error = t_{0.975}(N - 1) standard error
 *
 * NaN errors for N = 1. A slope of 1 says little of calibration: the origin pins the line, and any prior-wide posterior of a
 * narrow prior passes. Barret & Dupourque 2024, A&A 686, A133.
 */
export function slopeThroughOrigin(recovered: Recovered): OriginSlope {
  const { truth, median } = recovered;
  const weights = inverseVariances(recovered);
  const n = weights.length;
  let xx = 0;
  let xy = 0;
  for (let i = 0; i < n; i++) {
    xx += weights[i] * truth[i] * truth[i];
    xy += weights[i] * truth[i] * median[i];
  }
  if (!(xx > 0)) throw new InputError("expected true values other than zero for a line through the origin");
  const slope = xy / xx;
  let chi = 0;
  for (let i = 0; i < n; i++) chi += weights[i] * (median[i] - slope * truth[i]) ** 2;
  const standardError = n > 1 ? Math.sqrt(chi / (n - 1) / xx) : Number.NaN;
  return { slope, standardError, error: n > 1 ? studentLimit(0.95, n - 1) * standardError : Number.NaN };
}

export interface FittedLine {
  readonly slope: number;
  readonly intercept: number;
  /** Standard errors, scaled by the scatter. */
  readonly slopeError: number;
  readonly interceptError: number;
  /** Sum of squared residuals in units of the half-errors; about `freedom` where these are right. */
  readonly chiSquare: number;
  /** N - 2. */
  readonly freedom: number;
}

/**
 * Weighted least-squares line median = intercept + slope truth, weights as in `slopeThroughOrigin`: unlike that one, it sees
 * shrinking towards the middle of the prior (slope < 1) and a shift.
 *
 *   slope = S_tm / S_tt,  intercept = mean m - slope mean t,  S weighted sums about the weighted means
 *   slopeError^2 = chi^2 / (N - 2) / S_tt,  interceptError^2 = chi^2 / (N - 2) (1 / sum w + mean t^2 / S_tt)
 *
 * InputError where all true values are the same.
 */
export function fittedLine(recovered: Recovered): FittedLine {
  const { truth, median } = recovered;
  const weights = inverseVariances(recovered);
  const n = weights.length;
  let total = 0;
  let [meanT, meanM, tt, tm] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    total += weights[i];
    const share = weights[i] / total;
    const step = truth[i] - meanT;
    meanT += share * step;
    tt += weights[i] * step * (truth[i] - meanT);
    tm += weights[i] * (truth[i] - meanT) * (median[i] - meanM);
    meanM += share * (median[i] - meanM);
  }
  if (!(tt > 0)) throw new InputError("expected true values that differ for a line with an intercept");
  const slope = tm / tt;
  const intercept = meanM - slope * meanT;
  let chiSquare = 0;
  for (let i = 0; i < n; i++) {
    chiSquare += weights[i] * (median[i] - meanM - slope * (truth[i] - meanT)) ** 2;
  }
  const scatter = n > 2 ? chiSquare / (n - 2) : Number.NaN;
  const slopeError = Math.sqrt(scatter / tt);
  const interceptError = Math.sqrt(scatter * (1 / total + meanT ** 2 / tt));
  return { slope, intercept, slopeError, interceptError, chiSquare, freedom: n - 2 };
}

function inverseVariances({ truth, median, low, high }: Recovered): Float64Array {
  const n = truth.length;
  if (n === 0 || median.length !== n || low.length !== n || high.length !== n) {
    throw new InputError(
      `expected truth, median, low and high of the same spectra, found ${n}, ${median.length}, ${low.length} and ${high.length}`,
    );
  }
  return Float64Array.from({ length: n }, (_, i) => {
    const weight = 2 / ((median[i] - low[i]) ** 2 + (high[i] - median[i]) ** 2);
    if (!(weight > 0 && weight < Infinity && Number.isFinite(truth[i]))) {
      throw new InputError(
        `spectrum ${i + 1}: expected finite values and a positive width, found true ${truth[i]}, ${median[i]} (${low[i]} to ${high[i]})`,
      );
    }
    return weight;
  });
}
