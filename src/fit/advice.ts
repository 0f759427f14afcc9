import { insertionOrder } from "../diagnose/insertion-order.ts";
import { covariance } from "../math/moments.ts";
import type { Refined } from "../npe/refine.ts";
import type { Observation, StatisticName } from "../observe/types.ts";
import type { JointPrior } from "../prior/types.ts";
import type { NestedResult } from "../sample/nested-result.ts";
import type { FitConfig, RunResult } from "./types.ts";

/** Below this efficiency, or above this Pareto k, weights no longer repair what the flow missed. */
const LIMITS = { efficiency: 0.02, paretoK: 0.7, ess: 400 };

/**
 * Efficiency from which k is no cause for a warning: relative variance of the weights 1/0.9 - 1 = 0.11, so that no draw of M holds more
 * than sqrt(0.11 / M) of the posterior (0.3 % of 10 000). k is then the shape of a tail without weight.
 */
const EVEN = 0.9;

/** Deviation of the statistic, in standard deviations, beyond which no posterior of the model is worth reading. */
const MISFIT = 5;

/** What the user should know, and do, about a model that does not describe the spectrum. */
export function adviseGoodness({ name, atMedian, expected, deviation }: RunResult["statistic"]): string[] {
  if (expected === undefined || deviation === undefined || !(deviation > MISFIT)) return [];
  return [
    `the model does not describe the spectrum: ${name} is ${atMedian.toFixed(1)} at the median, expected ${expected.toFixed(1)}; ` +
      "do not read the posterior before model, priors and data have been checked",
  ];
}

/** What the user should know, and do, about the importance weights. */
export function adviseImportance(
  { efficiency, paretoK, ess }: Refined,
  config: Pick<FitConfig, "simulations" | "samples">,
): string[] {
  const { simulations, samples } = config;
  const remedy = `raise --simulations (now ${simulations}), narrow the priors, or take --method nested as exact reference`;
  if ((paretoK > LIMITS.paretoK && efficiency < EVEN) || efficiency < LIMITS.efficiency)
    return [
      `the network is not good enough for this spectrum: importance efficiency ${percent(efficiency)}, Pareto k ${paretoK.toFixed(2)} ` +
        `(trust needs above ${percent(LIMITS.efficiency)} and below ${LIMITS.paretoK}); ${remedy}`,
    ];
  if (ess < LIMITS.ess)
    return [
      `only ${Math.round(ess)} effective posterior draws: intervals are rough; raise --samples (now ${samples}) or ${remedy}`,
    ];
  return [];
}

/** A sound run is warned about once in 10 000. */
const FALSE_ALARM = 1e-4;

/** What the user should know about a nested sampling run. */
export function adviseNested({ insertion }: NestedResult): string[] {
  const { pValue } = insertionOrder(insertion);
  if (!(pValue < FALSE_ALARM)) return [];
  return [
    `the insertion order of nested sampling is not uniform (p = ${pValue.toExponential(1)}): the evidence may be off; raise --live-points`,
  ];
}

/** Share of the posterior within a tenth of its standard deviation of a wall that tells of a cut: a Gaussian cut at 1.2 sigma has it. */
const CUT = 0.015;

export interface WallInput {
  readonly prior: JointPrior;
  /** Values that each parameter can have at all; an end of the prior there is none of the user's choice. */
  readonly limits: readonly { readonly min: number; readonly max: number }[];
  /** Draws of the posterior (M, D) and their weights (M). */
  readonly theta: Float64Array;
  readonly weight: Float64Array;
}

/** What the user should know where the posterior runs into an end of a prior that he chose. */
export function adviseWalls({ prior, limits, theta, weight }: WallInput): string[] {
  const D = prior.priors.length;
  const cut = prior.priors.flatMap(({ lower, upper, logarithmic }, d) => {
    const scale = logarithmic ? Math.log : (v: number) => v;
    const column = Float64Array.from(weight, (_, m) => scale(theta[m * D + d]));
    const near = 0.1 * Math.sqrt(covariance(column, weight.length, 1, weight)[0]);
    const share = (wall: number) =>
      weight.reduce((sum, w, m) => (Math.abs(column[m] - scale(wall)) < near ? sum + w : sum), 0);
    return [
      ...(lower > limits[d].min && share(lower) > CUT ? [`${prior.names[d]} the lower end ${lower}`] : []),
      ...(upper < limits[d].max && share(upper) > CUT ? [`${prior.names[d]} the upper end ${upper}`] : []),
    ];
  });
  if (cut.length === 0) return [];
  return [
    `the prior cuts the posterior off: ${cut.join(", ")}; values beyond are not looked at - widen the prior if they are possible`,
  ];
}

/** Where more bins than this hold no background counts, and fewer counts than this each, W-stat's bias shows. */
const SPARSE = { empty: 0.2, counts: 25 };

/** What the user should know about W-stat on sparse bins: the background's profile likelihood is biased where it has no counts. */
export function adviseBackground(observations: readonly Observation[], statistic: StatisticName): string[] {
  if (statistic !== "wstat" && statistic !== "cstat") return [];
  return observations.flatMap(({ file, counts, background }) => {
    if (background === undefined) return [];
    const bins = counts.length;
    const empty = background.counts.reduce((sum, n) => (n === 0 ? sum + 1 : sum), 0);
    const mean = counts.reduce((sum, n) => sum + n, 0) / bins;
    if (empty <= SPARSE.empty * bins || mean >= SPARSE.counts) return [];
    return [
      `${file}: ${empty} of ${bins} bins hold no background counts, where W-stat is biased; group the spectrum so that few do`,
    ];
  });
}

const percent = (x: number) => `${(100 * x).toPrecision(2)} %`;
