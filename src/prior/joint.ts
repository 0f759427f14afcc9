import type { Rng } from "../math/rng.ts";
import type { JointPrior, Prior } from "./types.ts";

/** Product of independent priors, one record a free parameter: p(theta) = prod_d p_d(theta_d), theta (D). */
export function jointPrior(
  parameters: readonly { readonly name: string; readonly prior: Prior }[],
): JointPrior {
  const priors = parameters.map(({ prior }) => prior);
  return {
    names: parameters.map(({ name }) => name),
    priors,
    transform(out, u) {
      for (let d = 0; d < priors.length; d++) out[d] = priors[d].quantile(u[d]);
    },
    logPdf(theta) {
      let sum = 0;
      for (let d = 0; d < priors.length; d++) sum += priors[d].logPdf(theta[d]);
      return sum;
    },
  };
}

/** out (D) = one draw of a joint prior; takes D uniforms of the stream in order. */
export function samplePrior(out: Float64Array, prior: JointPrior, rng: Rng): void {
  for (let d = 0; d < prior.priors.length; d++) out[d] = prior.priors[d].quantile(rng.uniform());
}

/** out (D) = the point of the unit cube that `transform` takes to theta; each entry is the prior's cdf. */
export function priorCube(out: Float64Array, prior: JointPrior, theta: ArrayLike<number>): void {
  for (let d = 0; d < prior.priors.length; d++) out[d] = prior.priors[d].cdf(theta[d]);
}
