import { normalQuantile } from "../math/normal.ts";

/** Chains of one quantity: arrays of equal length, one a chain. */
export type Chains = readonly ArrayLike<number>[];

/** Each chain cut into its first and second half, so that a drift counts as disagreement; a middle draw is left out. */
export function splitChains(chains: Chains): Float64Array[] {
  return chains.flatMap((chain) => {
    const all = Float64Array.from(chain);
    const half = Math.floor(all.length / 2);
    return [all.slice(0, half), all.slice(all.length - half)];
  });
}

/** Draws replaced by the normal quantiles of their fractional ranks over all chains (r - 3/8)/(S + 1/4); ties share a rank. */
export function rankNormalise(chains: readonly Float64Array[]): Float64Array[] {
  const length = chains[0].length;
  const total = chains.length * length;
  const value = (i: number) => chains[Math.floor(i / length)][i % length];
  const order = Uint32Array.from({ length: total }, (_, i) => i).sort((i, j) => value(i) - value(j));
  const result = chains.map((chain) => new Float64Array(chain.length));
  for (let first = 0; first < total; ) {
    let end = first + 1;
    while (end < total && value(order[end]) === value(order[first])) end++;
    const score = normalQuantile(((first + 1 + end) / 2 - 0.375) / (total + 0.25));
    for (let k = first; k < end; k++) result[Math.floor(order[k] / length)][order[k] % length] = score;
    first = end;
  }
  return result;
}

export interface ChainVariances {
  /** Mean of the variances within chains. */
  readonly within: number;
  /** Estimate of the variance of the target from both: (n - 1)/n within + variance of the chain means. */
  readonly total: number;
}

export function chainVariances(chains: readonly Float64Array[]): ChainVariances {
  const n = chains[0].length;
  const means = chains.map((chain) => chain.reduce((sum, x) => sum + x, 0) / n);
  const within =
    chains.reduce((sum, chain, c) => sum + chain.reduce((s, x) => s + (x - means[c]) ** 2, 0) / (n - 1), 0) /
    chains.length;
  const grand = means.reduce((sum, mean) => sum + mean, 0) / means.length;
  const between =
    means.length > 1 ? means.reduce((sum, mean) => sum + (mean - grand) ** 2, 0) / (means.length - 1) : 0;
  return { within, total: ((n - 1) / n) * within + between };
}
