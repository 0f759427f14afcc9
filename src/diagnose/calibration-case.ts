import { InputError } from "../errors.ts";
import { ess } from "./ess.ts";

/** The posterior of one simulated spectrum beside the parameters that it was simulated with. */
export interface CalibrationCase {
  /** True parameters (D), drawn from the prior that the posterior assumes. */
  readonly truth: ArrayLike<number>;
  /** Posterior draws (M, D), row-major. */
  readonly draws: ArrayLike<number>;
  /** Weights of the draws (M), any scale; default equal. */
  readonly weights?: ArrayLike<number>;
}

/** Number D of parameters of all cases, after a check of their shapes. InputError where they do not agree. */
export function requireCases(cases: readonly CalibrationCase[]): number {
  if (cases.length === 0) throw new InputError("expected at least one test spectrum, found none");
  const d = cases[0].truth.length;
  cases.forEach(({ truth, draws, weights }, i) => {
    const name = `test spectrum ${i + 1}`;
    if (truth.length !== d || d === 0) {
      throw new InputError(`${name}: expected ${d || "at least one"} true parameters, found ${truth.length}`);
    }
    if (draws.length === 0 || draws.length % d !== 0) {
      throw new InputError(
        `${name}: expected draws of ${d} parameters each, row by row, found ${draws.length} numbers`,
      );
    }
    requireWeights(name, draws.length / d, weights);
  });
  return d;
}

export function requireWeights(name: string, draws: number, weights?: ArrayLike<number>): void {
  if (weights === undefined) return;
  if (weights.length !== draws) {
    throw new InputError(`${name}: expected one weight a draw (${draws}), found ${weights.length}`);
  }
  let sum = 0;
  for (let i = 0; i < draws; i++) {
    if (!(weights[i] >= 0)) {
      throw new InputError(`${name}: expected weights of zero or more, found ${weights[i]} at draw ${i + 1}`);
    }
    sum += weights[i];
  }
  if (!(sum > 0 && sum < Infinity)) {
    throw new InputError(`${name}: expected weights with a positive finite sum, found ${sum}`);
  }
}

/**
 * The weight that a truth has when it joins its M draws: one draw of M, or one of the effective number behind the weights
 * (W / ESS). Equal weights and none then agree.
 */
export function weightOfTruth(draws: number, weights?: ArrayLike<number>): number {
  if (weights === undefined) return 1;
  let total = 0;
  for (let i = 0; i < draws; i++) total += weights[i];
  return total / ess(weights);
}
