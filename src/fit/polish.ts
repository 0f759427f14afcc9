import type { JointPrior } from "../prior/types.ts";
import { minimise } from "../search/minimise.ts";
import type { Simulator } from "./simulator.ts";

export interface Polished {
  readonly theta: Float64Array;
  /** -2 ln L there. */
  readonly value: number;
}

/**
 * Local minimum of the statistic (-2 ln L) near `start` (D) within the priors' support. Logarithmic parameters are moved in log10;
 * `sd` (D) are typical changes, in log10 for those. `counts` (L) stand in for the observed ones if given: see `Simulator.logLike`.
 */
export function polish(
  simulator: Pick<Simulator, "logLike">,
  prior: JointPrior,
  start: Float64Array,
  sd: Float64Array,
  counts?: Float64Array,
): Polished {
  const { priors } = prior;
  const toSearch = (theta: Float64Array) => theta.map((v, d) => (priors[d].logarithmic ? Math.log10(v) : v));
  const fromSearch = (x: Float64Array) =>
    x.map((v, d) => {
      const { logarithmic, lower, upper } = priors[d];
      return Math.min(upper, Math.max(lower, logarithmic ? 10 ** v : v));
    });
  const limit = (v: number, logarithmic: boolean) =>
    logarithmic ? (v > 0 ? Math.log10(v) : Number.NEGATIVE_INFINITY) : v;
  const parameters = priors.map(({ lower, upper, logarithmic }, d) => ({
    lower: limit(lower, logarithmic),
    upper: limit(upper, logarithmic),
    scale: sd[d] > 0 ? sd[d] : 0.1 * Math.abs(start[d]) || 0.1,
  }));
  const { x, value } = minimise(
    (at) => -2 * simulator.logLike(fromSearch(at), counts)[0],
    toSearch(start),
    parameters,
  );
  return { theta: fromSearch(x), value };
}
