import { InputError } from "../errors.ts";
import { stream } from "../math/random.ts";

/** ln of a density, not necessarily normalised, at theta (D); -Infinity outside its support. */
export type LogDensity = (theta: Float64Array) => number;

export interface EnsembleOptions {
  readonly seed: number;
  /** Independent runs of one seed have different numbers. */
  readonly run: number;
  /** Largest stretch a > 1; 2 as Goodman & Weare and XSPEC. */
  readonly stretch: number;
}

/** Walkers of an affine-invariant sampler: plain data, changed in place by `stepEnsemble`. */
export interface EnsembleState {
  readonly dimension: number;
  readonly walkers: number;
  readonly options: EnsembleOptions;
  /** Positions (W, D) and their log densities (W). */
  readonly theta: Float64Array;
  readonly logDensity: Float64Array;
  steps: number;
  proposed: number;
  accepted: number;
}

/**
 * Starts the affine-invariant ensemble sampler of Goodman & Weare 2010 (CAMCoS 5, 65) at the walkers' positions `start`
 * (W, D), W even and at least 2 D (2 D + 2 or more mixes better). InputError for other numbers of walkers, and where a
 * walker starts outside the support: it could stay there for ever.
 */
export function initEnsemble(
  logDensity: LogDensity,
  start: ArrayLike<number>,
  dimension: number,
  { seed = 0, run = 0, stretch = 2 }: Partial<EnsembleOptions> = {},
): EnsembleState {
  const walkers = start.length / dimension;
  if (!Number.isInteger(walkers) || walkers % 2 !== 0 || walkers < 2 * dimension || walkers < 4) {
    const fewest = Math.max(4, 2 * dimension);
    throw new InputError(`expected an even number of at least ${fewest} walkers, found ${walkers}`);
  }
  const theta = Float64Array.from(start);
  const values = Float64Array.from({ length: walkers }, (_, w) =>
    checked(logDensity(row(theta, w, dimension)), row(theta, w, dimension)),
  );
  const outside = values.indexOf(-Infinity);
  if (outside >= 0) {
    throw new InputError(
      `walker ${outside} starts at (${row(theta, outside, dimension).join(", ")}), where the density is zero`,
    );
  }
  return {
    dimension,
    walkers,
    options: { seed, run, stretch },
    theta,
    logDensity: values,
    steps: 0,
    proposed: 0,
    accepted: 0,
  };
}

/**
 * Moves every walker once, one half of them after the other; changes `state` in place and returns it. A walker x is
 * stretched along the line to a random walker y of the other half,
 *
 *   x' = y + z (x - y),  z = ((a - 1) u + 1)^2 / a,  accepted with probability min(1, z^(D-1) p(x')/p(x))
 */
export function stepEnsemble(state: EnsembleState, logDensity: LogDensity): EnsembleState {
  const { dimension: d, walkers, theta, options } = state;
  const rng = stream(options.seed, `ensemble/${options.run}`, state.steps);
  const half = walkers / 2;
  const proposal = new Float64Array(d);
  for (let w = 0; w < walkers; w++) {
    const partner = Math.floor(rng.uniform() * half) + (w < half ? half : 0);
    const z = ((options.stretch - 1) * rng.uniform() + 1) ** 2 / options.stretch;
    for (let j = 0; j < d; j++) {
      const y = theta[partner * d + j];
      proposal[j] = y + z * (theta[w * d + j] - y);
    }
    const value = checked(logDensity(proposal), proposal);
    state.proposed++;
    if (Math.log(rng.uniform()) >= (d - 1) * Math.log(z) + value - state.logDensity[w]) continue;
    theta.set(proposal, w * d);
    state.logDensity[w] = value;
    state.accepted++;
  }
  state.steps++;
  return state;
}

function row(theta: Float64Array, w: number, d: number): Float64Array {
  return theta.subarray(w * d, w * d + d);
}

function checked(value: number, theta: Float64Array): number {
  if (value < Infinity) return value;
  throw new Error(`internal: log density is ${value} at theta = (${theta.join(", ")})`);
}
