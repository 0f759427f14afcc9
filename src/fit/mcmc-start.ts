import { cholesky } from "../math/cholesky.ts";
import { stream } from "../math/random.ts";
import type { JointPrior } from "../prior/types.ts";
import { toChain } from "./mcmc-target.ts";

export interface ChainStart {
  readonly prior: JointPrior;
  /** The best fit (D) and its covariance (D, D). */
  readonly best: Float64Array;
  readonly covariance: Float64Array;
  readonly walkers: number;
  readonly seed: number;
  readonly run: number;
  /** Width of the start in standard deviations of the fit. */
  readonly width: number;
}

/**
 * Walkers' places (W, D) in x: a Gaussian with the best fit's covariance, moved halfway to the best fit as often as it takes to lie
 * inside the prior. Parameters without an error spread over a tenth of their prior.
 */
export function chainStart({ prior, best, covariance, walkers, seed, run, width }: ChainStart): Float64Array {
  const D = best.length;
  const center = toChain(best, prior);
  const factor = spread(prior, best, covariance);
  const inside = (x: Float64Array) =>
    Number.isFinite(prior.logPdf(x.map((v, d) => (prior.priors[d].logarithmic ? 10 ** v : v))));
  const out = new Float64Array(walkers * D);
  for (let w = 0; w < walkers; w++) {
    const rng = stream(seed, `mcmc/start/${run}`, w);
    const move = new Float64Array(D);
    const normal = Float64Array.from({ length: D }, () => width * rng.normal());
    for (let i = 0; i < D; i++) for (let j = 0; j <= i; j++) move[i] += factor[i * D + j] * normal[j];
    // Each parameter by itself, so that a narrow prior of one does not draw the others in.
    for (let d = 0; d < D; d++) {
      for (let halvings = 0; halvings < 60; halvings++) {
        if (inside(center.with(d, center[d] + move[d]))) break;
        move[d] *= halvings === 0 ? -1 : halvings === 1 ? -0.5 : 0.5;
      }
    }
    out.set(
      center.map((value, d) => value + move[d]),
      w * D,
    );
  }
  return out;
}

/** Cholesky factor (D, D) of the covariance in x. */
function spread({ priors }: JointPrior, best: Float64Array, covariance: Float64Array): Float64Array {
  const D = best.length;
  const slope = priors.map(({ logarithmic }, d) => (logarithmic ? 1 / (best[d] * Math.LN10) : 1));
  const own = priors.map(({ quantile, logarithmic }) => {
    const [low, high] = [quantile(0.45), quantile(0.55)];
    return logarithmic ? Math.log10(high / low) : high - low;
  });
  const matrix = Float64Array.from(covariance, (value, k) => {
    const [i, j] = [Math.floor(k / D), k % D];
    if (i === j && !(value > 0)) return own[i] ** 2;
    return value * slope[i] * slope[j];
  });
  return (
    cholesky(matrix, D) ??
    Float64Array.from(matrix, (value, k) => (k % (D + 1) === 0 ? Math.sqrt(Math.max(value, 1e-300)) : 0))
  );
}
