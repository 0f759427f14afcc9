import type { SpectrumTimes } from "../ogip/times.ts";
import type { Interval, ParameterResult, RunResult } from "./types.ts";

/** What is asked of a network for every spectrum. */
export interface InferOptions {
  /** Draws of each posterior. */
  readonly samples: number;
  readonly seed: number;
  /** False: the network's draws as they are, without weights. */
  readonly refine: boolean;
  /** Simulated spectra that the statistic is compared with; absent: none. */
  readonly goodness?: number;
}

/** Posterior summary of one parameter of one spectrum. */
export type InferredParameter = Omit<ParameterResult, "prior" | "truth" | "log10"> & {
  /** Logarithmic priors only. */
  readonly log10?: {
    readonly mean: number;
    readonly sd: number;
    readonly median: number;
    readonly interval68: Interval;
    readonly interval90: Interval;
  };
};

/** Percentile of the observed statistic among those of spectra that were simulated from the posterior and fitted likewise. */
export interface AmortisedGoodness {
  readonly simulations: number;
  /** Statistic at the network's own median (no refinement), of the observed and in the mean of the simulated spectra. */
  readonly observed: number;
  readonly mean: number;
  /** Share of the simulated spectra with a lower statistic, 0 to 100. */
  readonly percentile: number;
}

/** One record of results.json: the posterior of one spectrum. Fields that do not apply are absent. */
export interface InferredSpectrum {
  readonly file: string;
  readonly times: SpectrumTimes;
  readonly exposure: number;
  readonly counts: number;
  readonly bins: number;
  readonly parameters: readonly InferredParameter[];
  readonly statistic: RunResult["statistic"];
  readonly evidence?: RunResult["evidence"];
  readonly importance?: NonNullable<RunResult["importance"]>;
  readonly goodness?: AmortisedGoodness;
  readonly seconds?: number;
  readonly warnings: readonly string[];
}

/** A spectrum that could not be done, and why. */
export interface FailedSpectrum {
  readonly file: string;
  readonly error: string;
  /** True where the program is to blame, not the file. */
  readonly defect: boolean;
}
