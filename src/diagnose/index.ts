export { andersonDarling } from "./anderson-darling.ts";
export {
  type Calibration,
  type CalibrationOptions,
  calibration,
  type DensityCalibrationCase,
  type UniformityTest,
} from "./calibration.ts";
export type { CalibrationCase } from "./calibration-case.ts";
export { chainEss } from "./chain-ess.ts";
export type { Chains } from "./chains.ts";
export { type ConformalLevel, conformalInterval, conformalLevel } from "./conformal.ts";
export {
  type CoverageAt,
  centralLevels,
  type DensityCase,
  densityLevels,
  type ExpectedCoverage,
  expectedCoverage,
} from "./coverage.ts";
export { cramerVonMises } from "./cramer-von-mises.ts";
export {
  andersonDarlingDiscrepancy,
  cramerVonMisesDiscrepancy,
  cstatDiscrepancy,
  DISCREPANCIES,
  type Discrepancy,
  fewRuns,
  kolmogorovSmirnovDiscrepancy,
  largestResidual,
} from "./discrepancies.ts";
export {
  type EcdfBandOptions,
  type EcdfBands,
  type EcdfReference,
  ecdfBands,
  ecdfBandsFrom,
  ecdfReference,
} from "./ecdf-bands.ts";
export { ess, normaliseLogWeights } from "./ess.ts";
export { type Evidence, evidenceFromWeights } from "./evidence.ts";
export { holm } from "./holm.ts";
export { type InsertionOrder, insertionOrder } from "./insertion-order.ts";
export { type JensenShannonOptions, jensenShannon } from "./jensen-shannon.ts";
export { type KolmogorovSmirnov, kolmogorovSmirnov } from "./kolmogorov-smirnov.ts";
export { type LocalCalibration, type Localised, localise, type SortedBin, type Sorting } from "./localise.ts";
export { fitPareto, type ParetoFit } from "./pareto-fit.ts";
export {
  type GoodnessPercentile,
  goodnessPercentile,
  type PredictiveCheck,
  type PredictiveInput,
  predictiveChecks,
} from "./ppc.ts";
export { type ParetoSmoothed, psis } from "./psis.ts";
export { type RecoveredOptions, recoveredParameters } from "./recovered.ts";
export {
  type FittedLine,
  fittedLine,
  type OriginSlope,
  type Recovered,
  slopeThroughOrigin,
} from "./regression.ts";
export { rhat } from "./rhat.ts";
export { type RunsTest, runsTest } from "./runs.ts";
export {
  posteriorRanks,
  type RankOptions,
  type Sbc,
  type SbcOptions,
  type SbcParameter,
  sbc,
  uniformChiSquare,
} from "./sbc.ts";
export { type Stretch, stretch } from "./stretch.ts";
export { type Summary, summarise } from "./summary.ts";
export { type Tarp, type TarpOptions, tarp } from "./tarp.ts";
