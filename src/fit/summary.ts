import { type Summary, summarise as summary } from "../diagnose/summary.ts";
import { covariance } from "../math/moments.ts";
import type { JointPrior, Prior } from "../prior/types.ts";
import type { ParameterResult } from "./types.ts";

/** What is known of one free parameter before its draws are summarised. */
export interface ParameterFacts {
  readonly name: string;
  readonly unit: string;
  readonly prior: Prior;
  /** Value at the best statistic. */
  readonly best: number;
  readonly truth?: number;
}

/** Draws of all parameters (M, D), with weights (M) unless equal. */
export interface SampleSet {
  readonly theta: Float64Array;
  readonly weight?: Float64Array;
}

/** One record a parameter. `unrefined` are the flow's own draws, before importance sampling. */
export function summarise(
  facts: readonly ParameterFacts[],
  draws: SampleSet,
  unrefined?: SampleSet,
): ParameterResult[] {
  return facts.map(({ name, unit, prior, best, truth }, d) => {
    const linear = summary(column(draws, d, facts.length), draws.weight);
    const logarithmic = prior.logarithmic;
    return {
      name,
      unit,
      prior: prior.text,
      mean: linear.mean,
      sd: linear.sd,
      median: linear.median,
      interval68: linear.interval68,
      interval90: linear.interval90,
      best,
      ...(logarithmic && { log10: withoutWide(logMoments(draws, d, facts.length)) }),
      ...(unrefined && { unrefined: flowMoments(unrefined, d, facts.length, logarithmic) }),
      ...(truth !== undefined && { truth }),
    };
  });
}

/** Values of parameter d. */
function column({ theta }: SampleSet, d: number, D: number): Float64Array {
  return Float64Array.from({ length: theta.length / D }, (_, m) => theta[m * D + d]);
}

function logMoments(set: SampleSet, d: number, D: number) {
  return summary(column(set, d, D).map(Math.log10), set.weight);
}

function withoutWide({ mean, sd, median, interval68 }: Summary) {
  return { mean, sd, median, interval68 };
}

function flowMoments(set: SampleSet, d: number, D: number, logarithmic: boolean) {
  const pick = ({ mean, sd, median }: Summary) => ({ mean, sd, median });
  return {
    ...pick(summary(column(set, d, D), set.weight)),
    ...(logarithmic && { log10: pick(logMoments(set, d, D)) }),
  };
}

/** Index of the highest likelihood. */
export function bestIndex(logLike: Float64Array): number {
  let best = 0;
  for (let i = 1; i < logLike.length; i++) if (logLike[i] > logLike[best]) best = i;
  return best;
}

/** Standard deviation of each parameter over draws (M, D); of log10 for logarithmic priors (D). */
export function logarithmicDeviations(
  theta: Float64Array,
  { priors }: JointPrior,
  weight?: Float64Array,
): Float64Array {
  const D = priors.length;
  const x = theta.map((v, i) => (priors[i % D].logarithmic ? Math.log10(v) : v));
  const variance = covariance(x, x.length / D, D, weight);
  return Float64Array.from({ length: D }, (_, d) => Math.sqrt(variance[d * D + d]));
}
