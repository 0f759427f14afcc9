import { columnMeans } from "../math/moments.ts";
import { quantiles } from "../math/quantile.ts";
import type { JointPrior } from "../prior/types.ts";
import { logarithmicDeviations } from "./summary.ts";

/** How far the networks of an ensemble are apart at one spectrum. */
export interface EnsembleSpread {
  readonly members: number;
  /**
   * Standard deviation of the members' medians, in standard deviations of all draws; the largest of the parameters, log10 of logarithmic
   * ones. With M draws of n networks chance alone makes 1.25 sqrt(n / M).
   */
  readonly disagreement: number;
}

/** The spread of an ensemble of n networks from its draws (M, D), of which draw m is network m mod n's. */
export function ensembleSpread(theta: Float64Array, prior: JointPrior, members: number): EnsembleSpread {
  const D = prior.priors.length;
  const sd = logarithmicDeviations(theta, prior);
  const apart = prior.priors.map(({ logarithmic }, d) => {
    const medians = Float64Array.from({ length: members }, (_, k) => {
      const own: number[] = [];
      for (let i = k * D + d; i < theta.length; i += members * D)
        own.push(logarithmic ? Math.log10(theta[i]) : theta[i]);
      return quantiles(own, [0.5])[0];
    });
    const [mean] = columnMeans(medians, members, 1);
    const variance = medians.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (members - 1);
    return Math.sqrt(variance) / sd[d];
  });
  return { members, disagreement: Math.max(...apart) };
}
