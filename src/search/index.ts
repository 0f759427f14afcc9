export { covarianceAt, hessianAt } from "./covariance.ts";
export { type MinimiseOptions, type Minimum, minimise } from "./minimise.ts";
export { nelderMead } from "./nelder-mead.ts";
export type { SearchParameter, Statistic } from "./types.ts";
