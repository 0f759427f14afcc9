import { InputError } from "../errors.ts";
import { kolmogorovUniform } from "../math/kolmogorov.ts";
import { requireWeights, weightOfTruth } from "./calibration-case.ts";
import type { RankOptions } from "./sbc.ts";
import { placeAmong, tally } from "./tally.ts";

/** Densities of one test spectrum: the same function at the true parameters and at the posterior draws. */
export interface DensityCase {
  /** ln of the posterior density (any constant) at the true parameters. */
  readonly truth: number;
  /** The same at the draws (M); -Infinity is allowed. */
  readonly draws: ArrayLike<number>;
  /** Weights of the draws (M), any scale; default equal. */
  readonly weights?: ArrayLike<number>;
}

export interface CoverageAt {
  /** Nominal credible level. */
  readonly level: number;
  /** Share of truths inside regions of that level. */
  readonly coverage: number;
  /** Binomial standard error that a calibrated posterior has, sqrt(level (1 - level) / N). */
  readonly error: number;
  /** (coverage - level) / error. */
  readonly deviation: number;
  /** 95 % interval of the coverage (Wilson 1927). */
  readonly low: number;
  readonly high: number;
}

export interface ExpectedCoverage {
  /** Level of the smallest region that holds the truth, one a spectrum (N). */
  readonly levels: ArrayLike<number>;
  readonly at: readonly CoverageAt[];
  /** Mean over all levels of coverage - level: above 0 regions are too wide (conservative), below 0 too narrow. */
  readonly excess: number;
  /** Whether the coverage is right at all levels (Kolmogorov-Smirnov). */
  readonly kolmogorov: { readonly distance: number; readonly pValue: number };
}

const USUAL_LEVELS = [0.5, 0.6826894921370859, 0.9, 0.95, 0.99];

/**
 * Expected coverage of credible regions: the share of N test spectra, their parameters drawn from the prior, whose truth
 * lies in the region of each nominal level,
 *
 *   coverage(p) = (number of l_n <= p) / N,   excess = int_0^1 coverage(p) - p dp = 1/2 - mean l
 *
 * l_n from `centralLevels`, `densityLevels` or the like. Hermans et al. 2022, TMLR (arXiv:2110.06581).
 */
export function expectedCoverage(
  levels: ArrayLike<number>,
  nominal: readonly number[] = USUAL_LEVELS,
): ExpectedCoverage {
  const n = levels.length;
  if (n === 0) throw new InputError("expected the levels of at least one test spectrum, found none");
  const sorted = Float64Array.from(levels).sort();
  if (!(sorted[0] >= 0 && sorted[n - 1] <= 1)) {
    throw new InputError("expected credible levels of the truths in [0, 1], found others");
  }
  let sum = 0;
  for (const level of sorted) sum += level;
  return {
    levels,
    at: nominal.map((level) => coverageAt(sorted, level)),
    excess: 0.5 - sum / n,
    kolmogorov: kolmogorovUniform(sorted),
  };
}

function coverageAt(levels: Float64Array, level: number): CoverageAt {
  if (!(level > 0 && level < 1))
    throw new InputError(`expected nominal levels between 0 and 1, found ${level}`);
  const n = levels.length;
  const coverage = levels.filter((l) => l <= level).length / n;
  const error = Math.sqrt((level * (1 - level)) / n);
  const z2 = 1.959963984540054 ** 2;
  const middle = (coverage + z2 / (2 * n)) / (1 + z2 / n);
  const half = Math.sqrt((z2 * coverage * (1 - coverage)) / n + (z2 / (2 * n)) ** 2) / (1 + z2 / n);
  const [low, high] = [Math.max(0, middle - half), Math.min(1, middle + half)];
  return { level, coverage, error, deviation: (coverage - level) / error, low, high };
}

/**
 * Levels (N) of the smallest central intervals of one parameter that hold the truth, abs(2 rank - 1), from its ranks
 * (`posteriorRanks`). A bias can hide here behind a width; ranks show both.
 */
export function centralLevels(ranks: ArrayLike<number>): Float64Array {
  return Float64Array.from(ranks, (rank) => Math.abs(2 * rank - 1));
}

/**
 * Levels (N) of the smallest highest-density regions, in all parameters at once, that hold the truth: the share of posterior
 * mass of higher density than at the truth. Hermans et al. 2022. InputError where weights do not fit or densities are NaN.
 */
export function densityLevels(cases: readonly DensityCase[], { rng }: RankOptions = {}): Float64Array {
  return Float64Array.from(cases, ({ truth, draws, weights }, n) => {
    const name = `test spectrum ${n + 1}`;
    if (draws.length === 0) throw new InputError(`${name}: expected densities of its draws, found none`);
    requireWeights(name, draws.length, weights);
    const column = { values: draws, offset: 0, stride: 1, count: draws.length };
    const { below, ties, above } = tally(column, truth, weights);
    return placeAmong(above, ties, below, weightOfTruth(draws.length, weights), rng?.uniform());
  });
}
