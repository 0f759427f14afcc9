import type { StatisticName, Weight } from "../observe/types.ts";
import type { SelectionCommand, SpectrumInput, SpectrumRange } from "./data-types.ts";

export type { SelectionCommand, SpectrumInput, SpectrumRange } from "./data-types.ts";

/** How a run is restricted to a part of the prior before simulating. */
export type Restriction =
  | { readonly kind: "auto" }
  | { readonly kind: "none" }
  /** Expected source counts in a range, exactly. */
  | { readonly kind: "counts"; readonly lower: number; readonly upper: number }
  /** The same range, learnt by a classifier as in the paper. */
  | { readonly kind: "classifier"; readonly lower: number; readonly upper: number }
  /** The fraction of lowest C-stat against the observation, learnt by a classifier. */
  | { readonly kind: "cstat"; readonly fraction: number }
  /** Where the posterior of a network trained on so many simulations is not negligible. */
  | { readonly kind: "coarse"; readonly simulations: number };

/** How a classifier is trained on a restriction's criterion. */
export interface RestrictionPlan {
  /** Simulations a round, most rounds, and the valid fraction at which to stop. */
  readonly simulations: number;
  readonly rounds: number;
  readonly stop: number;
}

/** One round of a restriction by a classifier. */
export interface RestrictionRound {
  readonly simulations: number;
  /** Share of the round's draws that met its condition. */
  readonly valid: number;
  /** Share of the prior that the round drew from. */
  readonly accepted: number;
  /** cstat: largest statistic that met the condition. */
  readonly threshold?: number;
}

/** The part of the prior that was simulated, as result.json tells it. */
export interface RestrictionResult {
  readonly kind: Restriction["kind"];
  /** Range of expected source counts, where there is one. */
  readonly counts?: { readonly lower?: number; readonly upper?: number };
  /** Rounds in which a classifier learnt it. */
  readonly rounds?: readonly RestrictionRound[];
  /** Share of the prior in it, where a region was drawn from. */
  readonly acceptance?: number;
  /** Share of the refined posterior that lies outside of it. */
  readonly outside: number;
}

export type Method = "npe" | "nested" | "mcmc" | "mle";
export type Preset = "default" | "paper";
/**
 * What the network sees of the counts. `summary` are the 28 statistics of the published code, `bands` the like with bands evenly spaced in
 * log energy; `pca(f)` keeps the fraction f of the variance.
 */
export type Features =
  | "sufficient"
  | "raw"
  | "sqrt"
  | "summary"
  | "bands"
  | "autoencoder"
  | "embedding"
  | `pca(${number})`;
/** Kind of the density estimator; absent where the preset chooses. */
export type Estimator = "maf" | "nsf" | "mdn";
/** Where later rounds simulate: the prior truncated to the last posterior's region, or that posterior itself with an atomic loss. */
export type SequentialProposal = "truncated" | "apt";

/** A run, checked and with every default filled in; what `config.yml` holds. */
export interface FitConfig {
  readonly spectra: readonly SpectrumInput[];
  /** Ranges kept, and ranges then dropped. Empty notice: all. */
  readonly notice: readonly SpectrumRange[];
  readonly ignore: readonly SpectrumRange[];
  /** In place of `notice`: what is kept and dropped one after the other, beginning with everything, as XSPEC's commands do; before `ignore`. */
  readonly select?: readonly SelectionCommand[];
  readonly bins: "xspec" | "inside";
  /** Expression; behind semicolons definitions of its own models, and the model of a background, `bkg: powerlaw`. */
  readonly model: string;
  readonly abund: string;
  readonly xsect: string;
  /** Text of a prior by parameter path, `uniform(0.1, 0.3)`; these parameters are free. */
  readonly priors: Readonly<Record<string, string>>;
  /** Fixed values by parameter path. Others stay at XSPEC's default (with a warning if XSPEC would fit them). */
  readonly fixed: Readonly<Record<string, number>>;
  /** Formulas by parameter path, `2*diskbb.Tin`. Paths of later data groups begin with their number, `2:constant.factor`. */
  readonly ties?: Readonly<Record<string, string>>;
  /** Data group of each spectrum, from 1; absent: each is a group of its own. A later group's parameters equal the first one's unless set. */
  readonly groups?: readonly number[];
  /** Absent: wstat where a background is in use, else cstat. */
  readonly statistic?: StatisticName;
  /** chi only; absent: standard. */
  readonly weight?: Weight;
  /** chi only: systematic error of the model, a fraction of it; absent: none. */
  readonly systematic?: number;
  readonly method: Method;
  readonly preset: Preset;
  readonly features: Features;
  readonly estimator?: Estimator;
  /** Steps of the training, and rows of each; absent: as the preset asks for. */
  readonly steps?: number;
  readonly batch?: number;
  /** Networks whose mean density is the posterior's. */
  readonly ensemble: number;
  readonly restrict: Restriction;
  readonly restriction: RestrictionPlan;
  /** A round, where there are several. */
  readonly simulations: number;
  readonly rounds: number;
  readonly proposal: SequentialProposal;
  /** apt: atoms of the loss, and whether the plain loss on the prior's draws is added. */
  readonly atoms: number;
  readonly combinedLoss: boolean;
  readonly samples: number;
  readonly livePoints: number;
  /** mcmc; absent: chosen by the sampler, which then stops when the chains agree. `burn` and `length` count states of all walkers, as XSPEC does. */
  readonly walkers?: number;
  readonly burn?: number;
  readonly length?: number;
  /** mle, error, steppar: -2 ln prior is added to the statistic, as after XSPEC's `bayes on`. The other methods always use the priors. */
  readonly bayes?: boolean;
  /** mle: local fits, from different starting points. */
  readonly starts: number;
  /** mle: values at which the first of them starts, by parameter path; the prior's median elsewhere. */
  readonly start?: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly workers: number;
}

/** Work under way. `done` of `total` units; `note` is a short free text (loss, log Z). */
export interface Progress {
  readonly stage:
    | "read"
    | "restrict"
    | "simulate"
    | "train"
    | "sample"
    | "refine"
    | "nested"
    | "infer"
    | "test"
    | "fit"
    | "mcmc"
    | "error"
    | "write";
  readonly done: number;
  readonly total: number;
  readonly note?: string;
}

/** What a long computation is given besides its input. */
export interface Control {
  readonly onProgress?: (progress: Progress) => void;
  /** Checkpoint of an interrupted run, to go on from. */
  readonly resume?: Uint8Array;
  /** Given the checkpoint of a run that is being interrupted, by the methods that can be resumed (mcmc, nested). */
  readonly onCheckpoint?: (bytes: Uint8Array) => Promise<void>;
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

/** What came of one round, in the order of the rounds. */
export interface RoundResult {
  /** New simulations, and their share of the draws that it took to find them. */
  readonly simulations: number;
  readonly acceptance: number;
  /** ESS / M of importance sampling from the network's posterior for the observation. */
  readonly efficiency: number;
  /** Share of that posterior outside the prior. */
  readonly leakage: number;
  readonly validationLoss: number;
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
    /** expected - D, for `best`: C falls by the number of fitted parameters on average. */
    readonly expectedCorrected?: number;
    readonly bins: number;
  };
  /** npe and nested. */
  readonly evidence?: { readonly logZ: number; readonly logZError: number };
  readonly importance?: {
    readonly efficiencyFlow: number;
    readonly efficiency: number;
    readonly ess: number;
    readonly paretoK: number;
  };
  /** The part of the prior that was simulated. */
  readonly restriction?: RestrictionResult;
  readonly nested?: {
    readonly livePoints: number;
    readonly iterations: number;
    readonly evaluations: number;
    readonly ess: number;
  };
  readonly mcmc?: {
    /** Independent ensembles, and walkers of each. */
    readonly ensembles: number;
    readonly walkers: number;
    /** States of all walkers of all ensembles that were kept, and dropped before. */
    readonly length: number;
    readonly burn: number;
    /** Accepted share of the proposals. */
    readonly acceptance: number;
    /** Largest of the parameters: agreement of the ensembles (of the walkers where there is one), 1 where they agree. */
    readonly rhat: number;
    /** Least of the parameters: independent draws behind the bulk. */
    readonly ess: number;
  };
  readonly network?: {
    readonly simulations: number;
    readonly epochs: number;
    readonly steps: number;
    readonly validationLoss: number;
    readonly features: number;
    readonly weights: number;
    /** Where there are several networks: see `ensembleSpread`. */
    readonly ensemble?: { readonly members: number; readonly disagreement: number };
    /** Where there were several. */
    readonly rounds?: readonly RoundResult[];
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
