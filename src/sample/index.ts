export {
  type BatchDensity,
  type EnsembleOptions,
  type EnsembleState,
  fewestWalkers,
  initEnsemble,
  type LogDensity,
  stepEnsemble,
} from "./ensemble.ts";
export { initNested, stepNested } from "./nested.ts";
export { type NestedResult, nestedResult } from "./nested-result.ts";
export type { NestedOptions, NestedProblem, NestedState } from "./nested-types.ts";
export { resample } from "./resample.ts";
