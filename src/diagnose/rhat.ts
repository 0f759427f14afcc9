import { quantiles } from "../math/quantile.ts";
import { type Chains, chainVariances, rankNormalise, splitChains } from "./chains.ts";

/**
 * R-hat of the chains of one quantity: sqrt(total / within variance) of the split, rank-normalised chains, the larger one of
 * location and scale (draws folded about their median). 1 for chains that agree; above 1.01 they have not mixed.
 * NaN where all draws are equal or chains are shorter than 4.
 *
 * Vehtari, Gelman, Simpson, Carpenter & Buerkner 2021, Bayesian Analysis 16, 667, equations 1-5 and section 4.
 */
export function rhat(chains: Chains): number {
  const split = splitChains(chains);
  if (split.length === 0 || split[0].length < 2) return Number.NaN;
  const median = quantiles(
    split.flatMap((chain) => Array.from(chain)),
    [0.5],
  )[0];
  const folded = split.map((chain) => chain.map((x) => Math.abs(x - median)));
  return Math.max(ratio(rankNormalise(split)), ratio(rankNormalise(folded)));
}

function ratio(chains: readonly Float64Array[]): number {
  const { within, total } = chainVariances(chains);
  return within > 0 ? Math.sqrt(total / within) : Number.NaN;
}
