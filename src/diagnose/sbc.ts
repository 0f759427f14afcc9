import { InputError } from "../errors.ts";
import { histogram } from "../math/histogram.ts";
import { gammaQ } from "../math/incomplete-gamma.ts";
import { kolmogorovUniform } from "../math/kolmogorov.ts";
import type { Rng } from "../math/rng.ts";
import { type CalibrationCase, requireCases, weightOfTruth } from "./calibration-case.ts";
import { holm } from "./holm.ts";
import { placeAmong, tally } from "./tally.ts";

export interface RankOptions {
  /**
   * Places the truth at random within its step of 1/(M + 1), ties included, which makes ranks of a calibrated posterior exactly
   * uniform. Default: the middle of the step, as good where M is far above sqrt(N) and the number of bins, and draws do not tie.
   */
  readonly rng?: Rng;
}

export interface SbcOptions extends RankOptions {
  /** Bins of the chi-square test. Default: 20 spectra a bin, 2 to 20 bins. */
  readonly bins?: number;
}

export interface SbcParameter {
  /** Rank of the true value among the posterior draws, in (0, 1), one a spectrum (N). */
  readonly ranks: Float64Array;
  /** Mean rank minus 1/2 in its standard errors: above 0 the posterior is biased low. */
  readonly shift: number;
  /** Mean squared distance of ranks from 1/2, minus 1/12, in its standard errors: above 0 the posterior is too narrow. */
  readonly spread: number;
  readonly chiSquare: { readonly value: number; readonly bins: number; readonly pValue: number };
  readonly kolmogorov: { readonly distance: number; readonly pValue: number };
  /** Smaller p-value of the two tests, corrected for all tests of all parameters (Holm). */
  readonly adjusted: number;
}

export interface Sbc {
  readonly parameters: readonly SbcParameter[];
  /** Smallest corrected p-value: at most alpha with a chance of at most alpha if all parameters are calibrated. */
  readonly pValue: number;
}

/**
 * Simulation-based calibration. If theta ~ prior and x ~ p(x|theta), then the rank of theta_d among draws of the posterior
 * p(theta_d|x) is uniform; this tests it for each of D parameters over N spectra, by Pearson's chi-square in equal bins and
 * by Kolmogorov and Smirnov.
 *
 *   rank_n = (number of draws below theta_n + 1/2) / (M + 1),   weights: see `posteriorRanks`
 *   shift  = (mean rank - 1/2) sqrt(12 N),   spread = (mean (rank - 1/2)^2 - 1/12) sqrt(180 N)
 *
 * Ranks do not change when a parameter is transformed monotonically. Calibration on average over the prior is necessary,
 * not sufficient: the prior itself as posterior passes.
 * Talts, Betancourt, Simpson, Vehtari & Gelman 2018, arXiv:1804.06788.
 */
export function sbc(cases: readonly CalibrationCase[], { rng, bins }: SbcOptions = {}): Sbc {
  const byParameter = posteriorRanks(cases, rng === undefined ? {} : { rng });
  const tests = byParameter.map((ranks) => ({
    ranks,
    ...rankMoments(ranks),
    chiSquare: uniformChiSquare(ranks, bins ?? defaultBins(ranks.length)),
    kolmogorov: kolmogorovUniform(ranks),
  }));
  const adjusted = holm(tests.flatMap((test) => [test.chiSquare.pValue, test.kolmogorov.pValue]));
  const parameters = tests.map((test, d) => ({
    ...test,
    adjusted: Math.min(adjusted[2 * d], adjusted[2 * d + 1]),
  }));
  return { parameters, pValue: Math.min(...adjusted) };
}

/**
 * Ranks in (0, 1) of the true parameters among their posterior draws: one array (N) for each of the D parameters.
 *
 *   (W_below + u (W_ties + w)) / (W + w)
 *
 * W sums of weights, w the weight of the truth as one more draw (W/M, or W/ESS of weighted draws), u uniform or 1/2.
 * InputError where shapes do not agree or numbers are NaN.
 */
export function posteriorRanks(cases: readonly CalibrationCase[], { rng }: RankOptions = {}): Float64Array[] {
  const d = requireCases(cases);
  const ranks = Array.from({ length: d }, () => new Float64Array(cases.length));
  cases.forEach(({ truth, draws, weights }, n) => {
    const count = draws.length / d;
    const own = weightOfTruth(count, weights);
    for (let j = 0; j < d; j++) {
      const column = { values: draws, offset: j, stride: d, count };
      const { below, ties, above } = tally(column, truth[j], weights);
      ranks[j][n] = placeAmong(below, ties, above, own, rng?.uniform());
    }
  });
  return ranks;
}

/** Pearson's chi-square of values in [0, 1] against the uniform law in equal bins. Expects some 5 values or more a bin. */
export function uniformChiSquare(
  values: ArrayLike<number>,
  bins: number,
): { readonly value: number; readonly bins: number; readonly pValue: number } {
  if (!Number.isInteger(bins) || bins < 2) {
    throw new InputError(`expected a whole number of bins, 2 or more, found ${bins}`);
  }
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => i / bins);
  const expected = values.length / bins;
  const value = histogram(values, edges).reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return { value, bins, pValue: gammaQ((bins - 1) / 2, value / 2) };
}

function defaultBins(n: number): number {
  return Math.min(20, Math.max(2, Math.floor(n / 20)));
}

/** Shift and spread of ranks as in `sbc`. */
export function rankMoments(ranks: ArrayLike<number>): { shift: number; spread: number } {
  const n = ranks.length;
  let first = 0;
  let second = 0;
  for (let i = 0; i < n; i++) {
    first += ranks[i] - 0.5;
    second += (ranks[i] - 0.5) ** 2 - 1 / 12;
  }
  return { shift: (first / n) * Math.sqrt(12 * n), spread: (second / n) * Math.sqrt(180 * n) };
}
