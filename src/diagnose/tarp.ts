import { InputError } from "../errors.ts";
import { kolmogorovUniform } from "../math/kolmogorov.ts";
import type { Rng } from "../math/rng.ts";
import { type CalibrationCase, requireCases, weightOfTruth } from "./calibration-case.ts";
import { placeAmong, tally } from "./tally.ts";

export interface TarpOptions {
  /** Source of reference points and of the bootstrap. */
  readonly rng: Rng;
  /** Which parameters count in log10 (D). Default: none. */
  readonly logarithmic?: readonly boolean[];
  /** Reference points (N, D) in the parameters' own units, which must not depend on the truths beyond the spectra. */
  readonly references?: ArrayLike<number>;
  /** Levels at which coverage is given. */
  readonly levels?: readonly number[];
  /** Bootstrap samples of the spectra. 200: errors good to 5 %. */
  readonly bootstrap?: number;
}

export interface Tarp {
  /** Share of posterior draws nearer to the reference point than the truth, one a spectrum (N); uniform if calibrated. */
  readonly levels: Float64Array;
  /** Expected coverage probability at each level with its bootstrap error. */
  readonly at: readonly { readonly level: number; readonly coverage: number; readonly error: number }[];
  /** Mean over all levels of coverage - level, in its standard errors 1/sqrt(12 N). */
  readonly shift: number;
  /** Kolmogorov-Smirnov test of uniform levels. */
  readonly kolmogorov: { readonly distance: number; readonly pValue: number };
}

const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * Tests of accuracy with random points: expected coverage, in all D parameters at once and without densities, of balls around
 * a random point that reach to the truth,
 *
 *   f_n = P( |theta - r_n| < |theta_n - r_n| | x_n ),   coverage(p) = (number of f_n <= p) / N
 *
 * Distances are Euclidean after log10 of logarithmic parameters and division by the standard deviation of the truths; r_n is
 * uniform over the box of the truths. Uniform f for every law of r, given x, is also sufficient for the exact posterior; one
 * that is independent of x, as here, does not tell the prior as posterior from the exact one.
 * Lemos, Coogan, Hezaveh & Perreault-Levasseur 2023, ICML (arXiv:2302.03026).
 */
export function tarp(
  cases: readonly CalibrationCase[],
  { rng, logarithmic = [], references, levels = TENTHS, bootstrap = 200 }: TarpOptions,
): Tarp {
  const d = requireCases(cases);
  if (references !== undefined && references.length !== cases.length * d) {
    throw new InputError(
      `expected reference points (${cases.length}, ${d}), found ${references.length} numbers`,
    );
  }
  const space = standardSpace(cases, d, logarithmic);
  const shares = new Float64Array(cases.length);
  cases.forEach((one, n) => {
    const reference = Float64Array.from({ length: d }, (_, j) =>
      references === undefined
        ? space.low[j] + rng.uniform() * (space.high[j] - space.low[j])
        : space.place(references[n * d + j], j),
    );
    shares[n] = nearerShare(one, d, space, reference);
  });
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return {
    levels: shares,
    at: bootstrapped(shares, levels, bootstrap, rng),
    shift: (0.5 - mean) * Math.sqrt(12 * shares.length),
    kolmogorov: kolmogorovUniform(shares),
  };
}

interface StandardSpace {
  readonly place: (value: number, parameter: number) => number;
  /** Box of the truths (D). */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** log10 where asked for, in units of the standard deviation of the truths. */
function standardSpace(
  cases: readonly CalibrationCase[],
  d: number,
  logarithmic: readonly boolean[],
): StandardSpace {
  const scale = new Float64Array(d).fill(1);
  const place = (value: number, j: number) => (logarithmic[j] ? Math.log10(value) : value) / scale[j];
  const low = new Float64Array(d);
  const high = new Float64Array(d);
  for (let j = 0; j < d; j++) {
    const column = cases.map(({ truth }) => place(truth[j], j));
    if (!column.every(Number.isFinite)) {
      const rule = logarithmic[j] ? "positive (its coordinate is log10)" : "finite";
      throw new InputError(`expected true values of parameter ${j + 1} to be ${rule}`);
    }
    const mean = column.reduce((sum, x) => sum + x, 0) / column.length;
    const sd = Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / column.length);
    scale[j] = sd > 0 ? sd : 1;
    low[j] = column.reduce((a, b) => Math.min(a, b)) / scale[j];
    high[j] = column.reduce((a, b) => Math.max(a, b)) / scale[j];
  }
  return { place, low, high };
}

function nearerShare(
  { truth, draws, weights }: CalibrationCase,
  d: number,
  { place }: StandardSpace,
  reference: Float64Array,
): number {
  const count = draws.length / d;
  const distance = (theta: ArrayLike<number>, row: number): number => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += (place(theta[row * d + j], j) - reference[j]) ** 2;
    return sum;
  };
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = distance(draws, i);
  const { below, ties, above } = tally({ values, offset: 0, stride: 1, count }, distance(truth, 0), weights);
  return placeAmong(below, ties, above, weightOfTruth(count, weights));
}

function bootstrapped(
  shares: Float64Array,
  levels: readonly number[],
  samples: number,
  rng: Rng,
): Tarp["at"] {
  const n = shares.length;
  const inside = levels.map((level) => Uint8Array.from(shares, (share) => (share <= level ? 1 : 0)));
  const squares = new Float64Array(levels.length);
  const coverage = inside.map((flags) => flags.reduce((sum, flag) => sum + flag, 0) / n);
  const pick = new Uint32Array(n);
  for (let b = 0; b < samples; b++) {
    for (let i = 0; i < n; i++) pick[i] = Math.floor(rng.uniform() * n);
    inside.forEach((flags, k) => {
      let sum = 0;
      for (const i of pick) sum += flags[i];
      squares[k] += (sum / n - coverage[k]) ** 2;
    });
  }
  return levels.map((level, k) => ({
    level,
    coverage: coverage[k],
    error: Math.sqrt(squares[k] / samples),
  }));
}
