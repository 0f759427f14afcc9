import { InputError } from "../errors.ts";

/** Cumulative shares of counts and model over the bins in order (C), each ending at 1. */
export interface Cumulative {
  readonly data: Float64Array;
  readonly model: Float64Array;
  /** Share of the model in each bin. */
  readonly share: Float64Array;
  /** Counts in all bins. */
  readonly total: number;
}

/**
 * Y_i = sum_{j<=i} S_j / sum S and M_i = sum_{j<=i} mu_j / sum mu of a spectrum and its model: only their shapes count, a wrong
 * normalisation does not. InputError where either has no counts or a negative bin.
 */
export function cumulative(counts: ArrayLike<number>, mu: ArrayLike<number>): Cumulative {
  if (counts.length !== mu.length) {
    throw new InputError(`expected a model count for each of ${counts.length} bins, found ${mu.length}`);
  }
  const data = running(counts, "counts");
  const model = running(mu, "model counts");
  const total = data[data.length - 1];
  const all = model[model.length - 1];
  const share = new Float64Array(model.length);
  for (let i = 0; i < share.length; i++) {
    share[i] = mu[i] / all;
    model[i] /= all;
    data[i] /= total;
  }
  return { data, model, share, total };
}

function running(values: ArrayLike<number>, what: string): Float64Array {
  const sums = new Float64Array(values.length);
  let sum = 0;
  for (let i = 0; i < sums.length; i++) {
    if (!(values[i] >= 0)) throw new InputError(`expected ${what} of zero or more, found ${values[i]}`);
    sum += values[i];
    sums[i] = sum;
  }
  if (!(sum > 0 && sum < Infinity)) {
    throw new InputError(`expected ${what} with a positive finite sum, found ${sum}`);
  }
  return sums;
}
