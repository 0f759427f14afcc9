import { cholesky } from "../math/cholesky.ts";
import type { JointPrior } from "../prior/types.ts";
import type { FitProblem, LocalShape } from "../search/fit-problem.ts";
import type { Simulator } from "./simulator.ts";

/**
 * XSPEC's `bayes` term of parameters theta (D): -2 ln prior, each parameter's without what does not depend on it. Uniform 0,
 * loguniform 2 ln x, normal ((x - mean)/sd)^2, lognormal 2 ln x + (ln(x/median)/sd)^2.
 */
export function priorPenalty({ priors }: JointPrior, theta: ArrayLike<number>): number {
  return priors.reduce((sum, prior, d) => sum + prior.penalty(theta[d]).value, 0);
}

/**
 * A fit whose statistic is S + `priorPenalty`, as XSPEC's is after `bayes on`. Half the term's curvature, 1/sd^2 for a normal prior, is part of
 * alpha and so of the covariance. Where a prior bends down (-1/x^2 for a log-uniform one) so much that alpha would have no inverse, its
 * curvature is left out: it moves the way to the minimum, not the minimum.
 */
export function withPriors(problem: FitProblem, prior: JointPrior): FitProblem {
  return {
    ...problem,
    statistic: (x) => problem.statistic(x) + priorPenalty(prior, x),
    shape(x, free) {
      const { beta, alpha } = problem.shape(x, free);
      const terms = free.map((d) => prior.priors[d].penalty(x[d]));
      const bent = terms.map(({ curvature }) => 0.5 * curvature);
      return {
        beta: beta.map((value, k) => value - 0.5 * terms[k].slope),
        alpha:
          positive(alpha, bent) ??
          plus(
            alpha,
            bent.map((value) => Math.max(0, value)),
          ),
      };
    },
  };
}

/** alpha with more on its diagonal (n); undefined where that is not positive definite. */
function positive(alpha: Float64Array, diagonal: readonly number[]): LocalShape["alpha"] | undefined {
  const sum = plus(alpha, diagonal);
  if (diagonal.every((value) => value >= 0)) return sum;
  return cholesky(sum, diagonal.length) === undefined ? undefined : sum;
}

function plus(alpha: Float64Array, diagonal: readonly number[]): Float64Array {
  const n = diagonal.length;
  const sum = alpha.slice();
  for (let k = 0; k < n; k++) sum[k * (n + 1)] += diagonal[k];
  return sum;
}

/** The likelihood of a simulator times the priors, without their constants. */
export function withPriorLike(simulator: Pick<Simulator, "logLike" | "prior">): Pick<Simulator, "logLike"> {
  const D = simulator.prior.priors.length;
  return {
    logLike: (theta, counts) =>
      simulator
        .logLike(theta, counts)
        .map((value, i) => value - 0.5 * priorPenalty(simulator.prior, theta.subarray(i * D, (i + 1) * D))),
  };
}
