import type { ParameterResult, RunResult } from "../../src/fit/types.ts";

/** Mean and standard deviation of a parameter, in log10 where its prior is logarithmic. */
export interface Moments {
  readonly name: string;
  readonly mean: number;
  readonly sd: number;
}

/** What an exact run says; enough to judge others by. */
export interface Reference {
  readonly parameters: readonly Moments[];
  readonly logZ: number;
  readonly logZError: number;
}

/** How far a run is from the reference. */
export interface Difference {
  readonly name: string;
  /** Difference of means in the reference's standard deviations. */
  readonly shift: number;
  /** Ratio of standard deviations. */
  readonly ratio: number;
}

const label = ({ name, log10 }: ParameterResult) => (log10 ? `log10 ${name}` : name);

/** Moments of a run's posterior. */
export function refinedMoments({ parameters }: RunResult): Moments[] {
  return parameters.map((parameter) => {
    const { mean, sd } = parameter.log10 ?? parameter;
    return { name: label(parameter), mean, sd };
  });
}

/** Moments of the flow's draws before importance sampling. */
export function unrefinedMoments({ parameters }: RunResult): Moments[] {
  return parameters.map((parameter) => {
    const { unrefined } = parameter;
    if (unrefined === undefined) throw new Error(`internal: ${parameter.name} has no unrefined moments`);
    const { mean, sd } = unrefined.log10 ?? unrefined;
    return { name: label(parameter), mean, sd };
  });
}

export function differences(of: readonly Moments[], { parameters }: Reference): Difference[] {
  return of.map(({ name, mean, sd }, d) => {
    const exact = parameters[d];
    return { name, shift: (mean - exact.mean) / exact.sd, ratio: sd / exact.sd };
  });
}

/** Limits of shift (sigma), ratio (fraction) and evidence. */
export interface Limits {
  readonly shift: number;
  readonly ratio: number;
  readonly logZ?: number;
}

export const REFINED_LIMITS: Required<Limits> = { shift: 0.1, ratio: 0.1, logZ: 0.1 };
export const UNREFINED_LIMITS: Limits = { shift: 0.3, ratio: 0.25 };
/** How far the least C-stat may be from the known one. */
export const BEST_TOLERANCE = 0.3;

/** True where every parameter is within the limits. */
export function within(all: readonly Difference[], { shift, ratio }: Limits): boolean {
  return all.every((one) => Math.abs(one.shift) <= shift && Math.abs(one.ratio - 1) <= ratio);
}
