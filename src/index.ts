/** The public API for Node and browsers: nothing here touches files. `xnpe/node` adds what does. */
export { chainEss } from "./diagnose/chain-ess.ts";
export type { Chains } from "./diagnose/chains.ts";
export { ess, normaliseLogWeights } from "./diagnose/ess.ts";
export { type Evidence, evidenceFromWeights } from "./diagnose/evidence.ts";
export { type InsertionOrder, insertionOrder } from "./diagnose/insertion-order.ts";
export { type JensenShannonOptions, jensenShannon } from "./diagnose/jensen-shannon.ts";
export { type ParetoSmoothed, psis } from "./diagnose/psis.ts";
export { rhat } from "./diagnose/rhat.ts";
export { type Summary, summarise } from "./diagnose/summary.ts";
export { InputError, type Where } from "./errors.ts";
export * from "./fit/index.ts";
export type { Column, Fits, Hdu, Header, TableHdu } from "./fits/index.ts";
export { parseFits, readFits, writeFits } from "./fits/index.ts";
export {
  createEstimator,
  createFlow,
  createTrainer,
  decodeFlow,
  encodeFlow,
  type Flow,
  type FlowSpec,
  type FlowWeights,
  flows,
  requiredBytes,
  type Trainer,
  train,
} from "./flow/index.ts";
export { stream } from "./math/random.ts";
export type { Rng } from "./math/rng.ts";
export { plainVectorMath, type VectorMath } from "./math/vector.ts";
export { abundanceTables } from "./model/absorption/elements.ts";
export { crossSectionTables } from "./model/absorption/photoelectric.ts";
export { parseExpression } from "./model/expression.ts";
export { findParameter } from "./model/find-parameter.ts";
export { models } from "./model/list.ts";
export { defineModel, defineTable } from "./model/registry.ts";
export { type TableAxis, type TableForm, type TableGrid, tableModel } from "./model/table.ts";
export type {
  Evaluate,
  Model,
  ModelExpression,
  ModelParameter,
  Parameter,
  PhysicsSettings,
} from "./model/types.ts";
export {
  type AmortisedPosterior,
  amortisedPosterior,
  type ConditionalDensity,
  type PosteriorSpec,
} from "./npe/posterior.ts";
export { type Draws, type Refined, type RefineInput, refine } from "./npe/refine.ts";
export { type CountsWindow, windowAround } from "./npe/window.ts";
export { deviation, expectedCstat } from "./observe/expected.ts";
export { channelRates, type Fake } from "./observe/fake.ts";
export { fold } from "./observe/folding.ts";
export { builtInResponse } from "./observe/instrument.ts";
export { type ObserveInput, observe } from "./observe/observation.ts";
export { type Statistic, statistic, statistics } from "./observe/statistic.ts";
export type {
  BackgroundCounts,
  ExpectedCstat,
  Folding,
  Observation,
  StatisticName,
} from "./observe/types.ts";
export * from "./ogip/index.ts";
export * as plot from "./plot/index.ts";
export { jointPrior, priorCube, samplePrior } from "./prior/joint.ts";
export { loguniform } from "./prior/loguniform.ts";
export { lognormal, normal } from "./prior/normal.ts";
export { parsePrior } from "./prior/parse.ts";
export type { JointPrior, Prior } from "./prior/types.ts";
export { uniform } from "./prior/uniform.ts";
export {
  type EnsembleOptions,
  type EnsembleState,
  initEnsemble,
  type LogDensity,
  stepEnsemble,
} from "./sample/ensemble.ts";
export { initNested, stepNested } from "./sample/nested.ts";
export { type NestedResult, nestedResult } from "./sample/nested-result.ts";
export type { NestedOptions, NestedProblem, NestedState } from "./sample/nested-types.ts";
export { resample } from "./sample/resample.ts";
export { covarianceAt } from "./search/covariance.ts";
export { type MinimiseOptions, type Minimum, minimise } from "./search/minimise.ts";
export type { SearchParameter } from "./search/types.ts";
export { type Build, createEngine, type Engine } from "./tensor/engine.ts";
export { createMemory } from "./tensor/memory.ts";
