import { InputError } from "../errors.ts";

/** Weight of the draws below, at and above one value. */
export interface Tally {
  readonly below: number;
  readonly ties: number;
  readonly above: number;
}

/** A column of numbers: `count` of them, the first at `offset`, then every `stride`. */
export interface Column {
  readonly values: ArrayLike<number>;
  readonly offset: number;
  readonly stride: number;
  readonly count: number;
}

/** Weighs a column (weights (count), default 1) against one value. InputError where either is NaN. */
export function tally(column: Column, at: number, weights?: ArrayLike<number>): Tally {
  const result = weights === undefined ? counted(column, at) : weighed(column, at, weights);
  if (Number.isNaN(result.above)) throw new InputError("expected numbers among draws and truths, found NaN");
  return result;
}

function counted({ values, offset, stride, count }: Column, at: number): Tally {
  let below = 0;
  let above = 0;
  let ties = 0;
  for (let i = 0, k = offset; i < count; i++, k += stride) {
    const x = values[k];
    below += x < at ? 1 : 0;
    above += x > at ? 1 : 0;
    ties += x === at ? 1 : 0;
  }
  return { below, ties, above: below + ties + above === count ? above : Number.NaN };
}

function weighed({ values, offset, stride, count }: Column, at: number, weights: ArrayLike<number>): Tally {
  let below = 0;
  let above = 0;
  let ties = 0;
  for (let i = 0, k = offset; i < count; i++, k += stride) {
    const x = values[k];
    if (x < at) below += weights[i];
    else if (x > at) above += weights[i];
    else if (x === at) ties += weights[i];
    else above = Number.NaN;
  }
  return { below, ties, above };
}

/**
 * Place of a value in (0, 1) among draws, the value itself being one of them:
 *
 *   (before + u (ties + own)) / (before + ties + own + after)
 *
 * For a value that is exchangeable with equally weighted draws and u uniform, exactly uniform, whatever ties there are;
 * u = 1/2 gives the middle of the same step.
 */
export function placeAmong(before: number, ties: number, after: number, own: number, u = 0.5): number {
  return (before + u * (ties + own)) / (before + ties + own + after);
}
