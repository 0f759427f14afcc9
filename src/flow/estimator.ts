import type { FlowSpec } from "./spec.ts";

export type Numbers = Float32Array | Float64Array;

/** Which draws: the same seed, name and position give the same draws, whoever computes them. */
export interface DrawOptions {
  readonly seed: number;
  /** Name of the random stream. */
  readonly name?: string;
  /** Number of the stream, for instance of the spectrum. */
  readonly index?: number;
  /** Position of the first draw in the stream (default 0). */
  readonly first?: number;
}

export interface Draws {
  /** (M, D), row-major. */
  readonly theta: Float32Array;
  /** (M) log q(theta | x). */
  readonly logProb: Float64Array;
}

/** A trained conditional density q(theta | x), theta and x as it saw them in training (standardised). */
export interface DensityEstimator {
  readonly spec: FlowSpec;
  /** log q of each row of theta (n, D), for one x (F) or one x each (n, F). */
  logProb(theta: Numbers, x: Numbers): Float64Array;
  /** `n` draws for one x (F), with their densities, which cost nothing more. */
  sample(x: Numbers, n: number, options: DrawOptions): Draws;
}

/** Rows in an array of `columns`. Errors: it is not whole. */
export function rowsOf(values: Numbers, columns: number, name: string): number {
  const n = values.length / columns;
  if (!Number.isInteger(n)) throw wrongLength(name, values.length, `a multiple of ${columns}`);
  return n;
}

export const wrongLength = (name: string, found: number, expected: string): Error =>
  new Error(`internal: ${name} has ${found} values, expected ${expected}`);
