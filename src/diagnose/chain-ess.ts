import { type Chains, chainVariances, rankNormalise, splitChains } from "./chains.ts";

/**
 * Effective number of independent draws behind the chains of one quantity, for its bulk:
 *
 *   S / tau,  tau = -1 + 2 sum_t P_t,  P_t = rho_2t + rho_2t+1
 *
 * rho_t from the autocovariances within and the variance between split, rank-normalised chains; the pairs P_t are summed
 * while positive and made monotone (Geyer 1992, Stat. Sci. 7, 473). At most S log10 S (antithetic chains).
 * Vehtari et al. 2021, Bayesian Analysis 16, 667, section 3. NaN where all draws are equal or chains are shorter than 8.
 */
export function chainEss(chains: Chains): number {
  const split = rankNormalise(splitChains(chains));
  const n = split[0].length;
  const { within, total } = chainVariances(split);
  if (n < 4 || !(within > 0)) return Number.NaN;
  const draws = n * split.length;
  const means = split.map((chain) => chain.reduce((sum, x) => sum + x, 0) / n);
  const rho = (lag: number): number => {
    let covariance = 0;
    split.forEach((chain, c) => {
      for (let i = lag; i < n; i++) covariance += (chain[i] - means[c]) * (chain[i - lag] - means[c]);
    });
    return lag === 0 ? 1 : 1 - (within - covariance / (n * split.length)) / total;
  };
  let sum = 0;
  let smallest = Infinity;
  for (let t = 0; 2 * t + 1 < n - 2; t++) {
    const pair = rho(2 * t) + rho(2 * t + 1);
    if (pair < 0) break;
    smallest = Math.min(smallest, pair);
    sum += smallest;
  }
  return draws / Math.max(2 * sum - 1, 1 / Math.log10(draws));
}
