import type { FlowWeights, NetworkSpec, NetworkWeights } from "../flow/spec.ts";
import type { TrainingOptions, TrainingRows } from "../flow/training-options.ts";
import type { BackgroundLaw } from "../npe/background.ts";
import type { Base } from "../npe/base.ts";
import type { FeatureMap } from "../npe/features.ts";
import type { BinEnergies } from "../npe/features-summary.ts";
import type { PosteriorSpec } from "../npe/posterior.ts";
import type { Draws } from "../npe/refine.ts";
import type { Region } from "../npe/region.ts";
import type { CountsWindow } from "../npe/window.ts";
import type { EnsembleState } from "../sample/ensemble.ts";
import type { NestedState } from "../sample/nested-types.ts";
import type { Confidence, ConfidenceOptions } from "../search/confidence.ts";
import type { ClassicalFit } from "../search/levenberg-marquardt.ts";
import type { StepAxis, StepGrid } from "../search/step-par.ts";
import type { Build } from "../tensor/engine.ts";
import type { TestDraws, TestJob } from "./check-job.ts";
import type { LocalFits, LocalFitsInput } from "./classical-local.ts";
import type { Polished } from "./polish.ts";
import type { ProblemSpec } from "./problem.ts";
import type { Measured, Simulated } from "./simulator.ts";

/** Rows from .. to-1 of the bank. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** A realisation of the Poisson noise: its name chooses the random stream, the row the index in it. */
export interface Noise extends RowRange {
  readonly seed: number;
  readonly name: string;
}

/** Everything that workers do: what they are told and what they answer. One entry a job; plain data only. */
export interface Jobs {
  /** The problem that all later jobs refer to. */
  open: { job: { readonly problem: ProblemSpec }; result: undefined };
  /** Other data in place of those of the open problem, whose set-up they share. */
  observe: { job: { readonly data: readonly Measured[] }; result: undefined };
  draw: {
    job: {
      readonly seed: number;
      readonly first: number;
      readonly count: number;
      readonly window: CountsWindow;
      /** Only inside the open region. */
      readonly restricted?: boolean;
      /** Of the random stream; absent: the prior's. */
      readonly name?: string;
    };
    result: Simulated;
  };
  /** The part of the prior that restricted draws are made in; its networks run on the given build of the kernels. */
  regionOpen: { job: { readonly region: Region; readonly build: Build }; result: undefined };
  /** Which of theta (n, D) lie in the open region: 1 or 0. */
  regionHolds: { job: { readonly theta: Float64Array }; result: Uint8Array };
  /** Expected counts (n, C). */
  mu: { job: { readonly theta: Float64Array }; result: Float64Array };
  /** `counts` (L) in place of the observed ones: see Simulator.logLike. */
  logLike: { job: { readonly theta: Float64Array; readonly counts?: Float64Array }; result: Float64Array };
  /**
   * Local minimum of -2 ln L near `start` (D); `sd` (D) are typical changes, in log10 for logarithmic parameters;
   * `counts` as in logLike; `bayes`: of -2 ln L + priorPenalty.
   */
  polish: {
    job: {
      readonly start: Float64Array;
      readonly sd: Float64Array;
      readonly counts?: Float64Array;
      readonly bayes?: boolean;
    };
    result: Polished;
  };
  /** Levenberg-Marquardt fits from each start (n, D), to the spectra `counts` (n, C) in place of the observed one if given. */
  localFits: { job: LocalFitsInput; result: LocalFits };
  /** The statistic on a grid of parameters, the others fitted. */
  stepPar: {
    job: { readonly start: Float64Array; readonly axes: readonly StepAxis[] };
    result: StepGrid;
  };
  /** One such fit with its log and covariance; `renormalise`: all norms by their best factor first. */
  classicalFit: {
    job: { readonly start: Float64Array; readonly renormalise: boolean };
    result: ClassicalFit;
  };
  /** XSPEC's `error` of parameter `index` from a fit. */
  confidence: {
    job: { readonly fit: ClassicalFit; readonly index: number; readonly options: ConfidenceOptions };
    result: Confidence;
  };
  /** Noise-free counts (N, C) of the simulations, shared between ranks. */
  bank: { job: { readonly mu: Float32Array }; result: undefined };
  /** Data (n, L) of one realisation of the noise. */
  counts: { job: Noise & { readonly background?: BackgroundLaw | undefined }; result: Float32Array };
  /** Standardised features (n, F) of one realisation of the noise. */
  features: { job: Noise & { readonly map: FeatureMap }; result: Float64Array };
  /** Energies of the bins of each observation. */
  energies: { job: object; result: readonly BinEnergies[] };
  trainOpen: { job: TrainingJob; result: undefined };
  /** Draws noise for the rows and writes features and the base's residuals into the trainer. */
  refresh: { job: Noise; result: undefined };
  /** Mean loss of the steps. */
  trainRun: { job: { readonly steps: number }; result: { readonly loss: number } };
  validate: { job: object; result: number };
  snapshot: { job: object; result: undefined };
  restore: { job: object; result: undefined };
  weights: { job: object; result: NetworkWeights };
  /** The posterior that `sample` and `logProb` speak of: the mean of the flows' densities. */
  posteriorOpen: {
    job: { readonly posterior: PosteriorSpec; readonly flows: readonly FlowWeights[]; readonly build: Build };
    result: undefined;
  };
  sample: {
    job: {
      readonly counts: Float64Array;
      readonly seed: number;
      readonly first: number;
      readonly count: number;
    };
    result: Draws;
  };
  logProb: { job: { readonly counts: Float64Array; readonly theta: Float64Array }; result: Float64Array };
  /** Draws of the open posterior for a simulated spectrum, with what calibration compares. */
  test: { job: TestJob; result: TestDraws };
  nestedOpen: {
    job: { readonly run: number; readonly livePoints: number; readonly seed: number };
    result: undefined;
  };
  nestedStep: {
    job: { readonly run: number; readonly iterations: number };
    result: {
      readonly logZ: number;
      readonly remaining: number;
      readonly evaluations: number;
      readonly done: boolean;
    };
  };
  nestedState: { job: { readonly run: number }; result: NestedState };
  /** Goes on with a run that was interrupted. */
  nestedRestore: { job: { readonly run: number; readonly state: NestedState }; result: undefined };
  /** An ensemble of walkers at `start` (W, D), in log10 for logarithmic parameters, or one that was interrupted. */
  mcmcOpen: {
    job: {
      readonly run: number;
      readonly seed: number;
      readonly start: Float64Array;
      readonly state?: EnsembleState;
    };
    result: undefined;
  };
  /** The walkers' places (steps, W, D) after each step, with the densities there (steps, W). */
  mcmcStep: {
    job: { readonly run: number; readonly steps: number };
    result: {
      readonly x: Float64Array;
      readonly logDensity: Float64Array;
      /** Since the ensemble's beginning. */
      readonly proposed: number;
      readonly accepted: number;
    };
  };
  mcmcState: { job: { readonly run: number }; result: EnsembleState };
}

export interface TrainingJob {
  readonly memory: WebAssembly.Memory;
  readonly build: Build;
  readonly spec: NetworkSpec;
  readonly rows: TrainingRows;
  readonly options: TrainingOptions;
  readonly features: FeatureMap;
  readonly base: Base;
  /** Targets (N, D), before the base. */
  readonly targets: Float64Array;
}

export type Job = { [K in keyof Jobs]: { readonly kind: K } & Jobs[K]["job"] }[keyof Jobs];
export type JobResult<J extends Job> = Jobs[J["kind"]]["result"];
