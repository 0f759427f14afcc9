import type { StatisticName } from "../observe/types.ts";

/** One spectrum of a run with its companions as the user gave them. */
export interface SpectrumInput {
  readonly file: string;
  /** Absent: the header's keyword, looked for beside the PHA. */
  readonly response?: string;
  readonly arf?: string;
  /** "none" switches the header's background off. */
  readonly background?: string;
}

/** How a run is restricted to a part of the prior before simulating. */
export type Restriction =
  | { readonly kind: "auto" }
  | { readonly kind: "none" }
  | { readonly kind: "counts"; readonly lower: number; readonly upper: number };

export type Method = "npe" | "nested";
export type Preset = "default" | "paper";
export type Features = "sufficient" | "raw" | "sqrt";

/** A run, checked and with every default filled in; what `config.yml` holds. */
export interface FitConfig {
  readonly spectra: readonly SpectrumInput[];
  /** keV ranges kept, and ranges then dropped. Empty notice: all. */
  readonly notice: readonly (readonly [number, number])[];
  readonly ignore: readonly (readonly [number, number])[];
  readonly bins: "xspec" | "inside";
  readonly model: string;
  readonly abund: string;
  readonly xsect: string;
  /** Text of a prior by parameter path, `uniform(0.1, 0.3)`; these parameters are free. */
  readonly priors: Readonly<Record<string, string>>;
  /** Fixed values by parameter path. Others stay at XSPEC's default (with a warning if XSPEC would fit them). */
  readonly fixed: Readonly<Record<string, number>>;
  /** Absent: wstat where a background is in use, else cstat. */
  readonly statistic?: StatisticName;
  readonly method: Method;
  readonly preset: Preset;
  readonly features: Features;
  readonly restrict: Restriction;
  readonly simulations: number;
  readonly samples: number;
  readonly livePoints: number;
  readonly seed: number;
  readonly workers: number;
}

/** Work under way. `done` of `total` units; `note` is a short free text (loss, log Z). */
export interface Progress {
  readonly stage: "read" | "restrict" | "simulate" | "train" | "sample" | "refine" | "nested" | "write";
  readonly done: number;
  readonly total: number;
  readonly note?: string;
}

/** What a long computation is given besides its input. */
export interface Control {
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting stops the work at the next step; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export type Interval = readonly [number, number];

/** Posterior summary of one parameter, one record of result.json. */
export interface ParameterResult {
  readonly name: string;
  readonly unit: string;
  readonly prior: string;
  readonly mean: number;
  readonly sd: number;
  readonly median: number;
  readonly interval68: Interval;
  readonly interval90: Interval;
  /** Value at the best statistic, polished by a local optimiser. */
  readonly best: number;
  /** Logarithmic priors only. */
  readonly log10?: {
    readonly mean: number;
    readonly sd: number;
    readonly median: number;
    readonly interval68: Interval;
  };
  /** npe only: the flow before importance sampling. In log10 for logarithmic priors under `log10`. */
  readonly unrefined?: {
    readonly mean: number;
    readonly sd: number;
    readonly median: number;
    readonly log10?: { readonly mean: number; readonly sd: number; readonly median: number };
  };
  /** Known true value (demo, fakes). */
  readonly truth?: number;
}

/** result.json. Fields that a method does not have are absent. */
export interface RunResult {
  readonly xnpe: string;
  readonly method: Method;
  readonly seed: number;
  readonly model: string;
  readonly spectra: readonly {
    readonly file: string;
    readonly exposure: number;
    readonly counts: number;
    readonly bins: number;
    readonly band: Interval;
  }[];
  readonly parameters: readonly ParameterResult[];
  readonly statistic: {
    readonly name: StatisticName;
    readonly best: number;
    readonly atMedian: number;
    readonly expected?: number;
    readonly expectedSd?: number;
    readonly deviation?: number;
    readonly bins: number;
  };
  readonly evidence: { readonly logZ: number; readonly logZError: number };
  readonly importance?: {
    readonly efficiencyFlow: number;
    readonly efficiency: number;
    readonly ess: number;
    readonly paretoK: number;
  };
  readonly nested?: {
    readonly livePoints: number;
    readonly iterations: number;
    readonly evaluations: number;
    readonly ess: number;
  };
  readonly network?: {
    readonly simulations: number;
    readonly epochs: number;
    readonly steps: number;
    readonly validationLoss: number;
    readonly features: number;
    readonly weights: number;
  };
  readonly responseHash: string;
  readonly kernels: string;
  readonly timings: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

/** Draws of the posterior: one entry a draw in each array, parameters row-major (M, D). */
export interface PosteriorDraws {
  readonly names: readonly string[];
  readonly theta: Float64Array;
  readonly logPrior: Float64Array;
  readonly logLike: Float64Array;
  /** Flow's log density of the draw, npe only. */
  readonly logProb?: Float64Array;
  /** Log density of what the draw came from (flow or mixture), npe only. */
  readonly logProposal?: Float64Array;
  /** 0 flow, 1 Student t, npe only. */
  readonly source?: Uint8Array;
  /** Normalised importance weights (sum 1). */
  readonly weight: Float64Array;
}
