import { InputError } from "../errors.ts";
import { stream } from "../math/random.ts";

/** ln of a density, not necessarily normalised, at theta (D); -Infinity outside its support. */
export type LogDensity = (theta: Float64Array) => number;

/** The same for many at once: out (n) = ln density of the rows of theta (n, D). */
export interface BatchDensity {
  readonly logDensities: (out: Float64Array, theta: Float64Array, n: number) => void;
}

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
 * (W, D), W even and at least D + 2, so that they span the space (2 D + 2 or more mix better). InputError for other numbers
 * of walkers, and where a walker starts outside the support: it could stay there for ever.
 */
export function initEnsemble(
  density: LogDensity | BatchDensity,
  start: ArrayLike<number>,
  dimension: number,
  { seed = 0, run = 0, stretch = 2 }: Partial<EnsembleOptions> = {},
): EnsembleState {
  const walkers = start.length / dimension;
  const fewest = fewestWalkers(dimension);
  if (!Number.isInteger(walkers) || walkers % 2 !== 0 || walkers < fewest)
    throw new InputError(`expected an even number of at least ${fewest} walkers, found ${walkers}`);
  const theta = Float64Array.from(start);
  const values = evaluate(density, theta, dimension);
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

/** The smallest even number of walkers that span D dimensions whatever one of them does: at least D + 2, and 4. */
export function fewestWalkers(dimension: number): number {
  return Math.max(4, 2 * Math.ceil((dimension + 2) / 2));
}

/**
 * Moves every walker once, one half of them after the other; changes `state` in place and returns it. A walker x is
 * stretched along the line to a random walker y of the other half,
 *
 *   x' = y + z (x - y),  z = ((a - 1) u + 1)^2 / a,  accepted with probability min(1, z^(D-1) p(x')/p(x))
 *
 * The walkers of a half do not depend on each other, so their proposals are evaluated together.
 */
export function stepEnsemble(state: EnsembleState, density: LogDensity | BatchDensity): EnsembleState {
  const { dimension: d, walkers, theta, options } = state;
  const rng = stream(options.seed, `ensemble/${options.run}`, state.steps);
  const half = walkers / 2;
  const proposal = new Float64Array(half * d);
  const stretched = new Float64Array(half);
  const chance = new Float64Array(half);
  for (let first = 0; first < walkers; first += half) {
    for (let w = 0; w < half; w++) {
      const partner = Math.floor(rng.uniform() * half) + half - first;
      const z = ((options.stretch - 1) * rng.uniform() + 1) ** 2 / options.stretch;
      for (let j = 0; j < d; j++) {
        const y = theta[partner * d + j];
        proposal[w * d + j] = y + z * (theta[(first + w) * d + j] - y);
      }
      stretched[w] = (d - 1) * Math.log(z);
      chance[w] = Math.log(rng.uniform());
    }
    const values = evaluate(density, proposal, d);
    for (let w = 0; w < half; w++) {
      state.proposed++;
      if (chance[w] >= stretched[w] + values[w] - state.logDensity[first + w]) continue;
      theta.set(row(proposal, w, d), (first + w) * d);
      state.logDensity[first + w] = values[w];
      state.accepted++;
    }
  }
  state.steps++;
  return state;
}

function evaluate(density: LogDensity | BatchDensity, theta: Float64Array, d: number): Float64Array {
  const n = theta.length / d;
  const out = new Float64Array(n);
  if (typeof density === "function") for (let w = 0; w < n; w++) out[w] = density(row(theta, w, d));
  else density.logDensities(out, theta, n);
  for (let w = 0; w < n; w++) checked(out[w], row(theta, w, d));
  return out;
}

function row(theta: Float64Array, w: number, d: number): Float64Array {
  return theta.subarray(w * d, w * d + d);
}

function checked(value: number, theta: Float64Array): number {
  if (value < Infinity) return value;
  throw new Error(`internal: log density is ${value} at theta = (${theta.join(", ")})`);
}
