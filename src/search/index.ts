export { type Confidence, type ConfidenceEnd, type ConfidenceOptions, confidence } from "./confidence.ts";
export { covarianceAt, hessianAt } from "./covariance.ts";
export type { FitParameter, FitProblem, LocalShape } from "./fit-problem.ts";
export { restarted, startingValues } from "./fit-problem.ts";
export {
  type ClassicalFit,
  covarianceOf,
  type FitIteration,
  type FitState,
  initLevenbergMarquardt,
  type LevenbergMarquardtOptions,
  levenbergMarquardt,
  stepLevenbergMarquardt,
} from "./levenberg-marquardt.ts";
export { type MinimiseOptions, type Minimum, minimise } from "./minimise.ts";
export { nelderMead } from "./nelder-mead.ts";
export { type StepAxis, type StepGrid, type StepParOptions, stepPar } from "./step-par.ts";
export type { SearchParameter, Statistic } from "./types.ts";
