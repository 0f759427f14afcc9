export { type FitIo, type FitOutcome, runFit } from "./analysis.ts";
export { adviseCoverage, type BankCoverageInput, bankCoverage, coveredBy } from "./bank-coverage.ts";
export { type Checked, type CheckOptions, checkNetwork } from "./check.ts";
export { CHECK_ENTRIES, type CheckFilesOptions, checkFiles, formatCheck } from "./check-output.ts";
export { type NetworkSbc, type NetworkSbcOptions, sbcOfNetwork } from "./check-sbc.ts";
export type {
  CheckResult,
  Failure as CheckFailure,
  Finding as CheckFinding,
  Grade as CheckGrade,
  ParameterCheck,
  SpectrumCheck,
} from "./check-types.ts";
export { type Checkpoint, checkSameRun, formatCheckpoint, parseCheckpoint } from "./checkpoint.ts";
export { type Citation, type CitedRun, citations } from "./citations.ts";
export { type FitFromOptions, fitFrom } from "./classical-fits.ts";
export type { LocalFits } from "./classical-local.ts";
export {
  type ComparedRun,
  compareRuns,
  comparisonFigures,
  type ParameterComparison,
  type RunComparison,
} from "./compare.ts";
export { type ResolveOptions, resolveConfig } from "./config.ts";
export { CONFIG_DEFAULTS, CONFIG_LIMITS, PRESETS } from "./config-defaults.ts";
export { parseConfigFile } from "./config-file.ts";
export type { Locate } from "./config-files.ts";
export { type ConfigLayer, emptyLayer, mergeLayers } from "./config-layer.ts";
export { evaluateModel, type ModelAtValues, resolveModel } from "./config-model.ts";
export { formatConfig } from "./config-text.ts";
export { DEMO, demoFiles } from "./demo.ts";
export { type ErrorOptions, runError } from "./error.ts";
export type { ErrorRange, ErrorResult } from "./error-types.ts";
export { type FakeInput, fakeSpectrum } from "./fake.ts";
export { type Goodness, goodness } from "./goodness.ts";
export { type Inference, type InferSettings, infer } from "./infer.ts";
export { type InferenceOutput, type InferenceResult, inferenceFiles } from "./infer-output.ts";
export type { FailedSpectrum, InferOptions, InferredParameter, InferredSpectrum } from "./infer-types.ts";
export { type DataConfig, loadObservations, observeSelected, problemOf } from "./load.ts";
export { readBestFit, type StoredBestFit } from "./mle-folder.ts";
export { bestFitFiles } from "./mle-output.ts";
export { type BestFitRecord, runBestFit } from "./mle-run.ts";
export type { BestFitParameter, BestFitResult, FitLogLine, FoundMinimum } from "./mle-types.ts";
export { type NestedRunOptions, runNested } from "./nested.ts";
export { backgroundLaw, measuredData, networkData } from "./network-data.ts";
export { formatNetwork, type NetworkFile, type NetworkOrigin, parseNetwork } from "./network-file.ts";
export {
  countsWindow,
  type NpeConfig,
  type NpeInput,
  type NpeRun,
  openPosterior,
  refineObservation,
  runNpe,
} from "./npe.ts";
export { type DrawsWanted, type OpenNetwork, openNetwork } from "./open-network.ts";
export { type RunFilesOptions, type RunRecord, runFiles } from "./output.ts";
export { formatDraws, parseDraws } from "./output-draws.ts";
export { type OutputFile, RUN_ENTRIES } from "./output-entries.ts";
export { type FigureData, type NamedFigure, runFigures } from "./output-figures.ts";
export { readDraws, readRun, type StoredRun } from "./output-folder.ts";
export { type Fonts, renderFigures } from "./output-render.ts";
export { finiteResult, formatResult, parseResult } from "./output-result.ts";
export { createPool, type Pool, type PoolOptions, type SpawnWorker, serve, type WorkerPort } from "./pool.ts";
export { type ProblemSpec, problemPrior } from "./problem.ts";
export { problemHash } from "./problem-hash.ts";
export { sampleFlow } from "./proposal.ts";
export { type RestrictedPrior, type RestrictInput, restrictPrior } from "./restrict.ts";
export { countsCriterion, type Label, statisticCriterion } from "./restrict-criteria.ts";
export { type Bank, type SimulateOptions, simulateBank } from "./simulate.ts";
export { createSimulator, type Simulated, type Simulator } from "./simulator.ts";
export { statisticAt } from "./statistic-at.ts";
export { type TestedNetwork, type TestedParameter, type TestSetOptions, testNetwork } from "./test-set.ts";
export { type Trained, trainNetwork } from "./train.ts";
export type { TrainInput } from "./train-input.ts";
export { trainingFiles } from "./train-output.ts";
export { type TrainingRecord, type TrainOptions, trainForMany } from "./train-run.ts";
export type { TrainingResult } from "./train-types.ts";
export type {
  Control,
  Features,
  FitConfig,
  Interval,
  Method,
  ParameterResult,
  PosteriorDraws,
  Preset,
  Progress,
  Restriction,
  RestrictionPlan,
  RestrictionResult,
  RestrictionRound,
  RunResult,
  SelectionCommand,
  SpectrumInput,
  SpectrumRange,
} from "./types.ts";
export { VERSION } from "./version.ts";
