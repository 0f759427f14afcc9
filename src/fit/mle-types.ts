import type { StatisticName } from "../observe/types.ts";
import type { RunResult } from "./types.ts";

/** A parameter at the best fit. */
export interface BestFitParameter {
  readonly name: string;
  readonly unit: string;
  readonly prior: string;
  readonly best: number;
  /** Square root of the covariance; absent on a limit, or without effect. */
  readonly error?: number;
  /** The end of the prior's support on which the fit lies. */
  readonly atLimit?: "lower" | "upper";
  /** Known true value (demo, fakes). */
  readonly truth?: number;
}

/** A local minimum, and how many starts came to it. */
export interface FoundMinimum {
  readonly statistic: number;
  readonly starts: number;
  /** In the order of `parameters`. */
  readonly values: readonly number[];
}

/** One line of the fit's log, with the parameters in the order of `parameters`. */
export interface FitLogLine {
  readonly statistic: number;
  /** XSPEC's |beta|/N: length of half the gradient over the number of varied parameters, before the step. */
  readonly gradient: number;
  /** Power of ten of the damping. */
  readonly level: number;
  readonly values: readonly number[];
}

/** result.json of a best fit: there is no posterior, and so no evidence. */
export interface BestFitResult
  extends Pick<
    RunResult,
    "xnpe" | "seed" | "model" | "spectra" | "responseHash" | "kernels" | "timings" | "warnings"
  > {
  readonly method: "mle";
  readonly parameters: readonly BestFitParameter[];
  readonly statistic: {
    readonly name: StatisticName;
    /** At the best fit, without the penalty. */
    readonly best: number;
    /** bayes: -2 ln prior there, see `priorPenalty`; the sum of the two is what was minimised and what the log and the minima show. */
    readonly penalty?: number;
    readonly bins: number;
    /** Bins less free parameters. */
    readonly degreesOfFreedom: number;
    /** cstat only; not corrected for the fitted parameters, which lower the statistic by about their number. */
    readonly expected?: number;
    readonly expectedSd?: number;
    /** expected - D: C falls by the number of fitted parameters on average. */
    readonly expectedCorrected?: number;
    readonly deviation?: number;
    /** chi only: statistic over degrees of freedom, and chance of a higher one if the model is right. */
    readonly reduced?: number;
    readonly nullProbability?: number;
  };
  /** (D, D), from before the fit's last step as in XSPEC; zero for parameters on a limit. */
  readonly covariance: readonly (readonly number[])[];
  readonly correlation: readonly (readonly number[])[];
  readonly fit: {
    readonly converged: boolean;
    readonly log: readonly FitLogLine[];
    readonly starts: number;
    /** Minima in ascending order, the best fit's own first. */
    readonly minima: readonly FoundMinimum[];
    /** Starts from which no minimum was reached. */
    readonly lost: number;
  };
}
