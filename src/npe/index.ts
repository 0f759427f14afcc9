export { addBackground, drawGamma } from "./background.ts";
export { type Base, type BaseMap, baseLoss, baseMap, identityBase, type Standardised } from "./base.ts";
export {
  type BinFeatures,
  type FeatureMap,
  featureCount,
  features,
  type SufficientFeatures,
} from "./features.ts";
export { type BaseOptions, fitBase } from "./fit-base.ts";
export { monomialCount, monomialEvaluator, monomials } from "./monomials.ts";
export {
  type AmortisedPosterior,
  amortisedPosterior,
  type ConditionalDensity,
  type PosteriorSpec,
} from "./posterior.ts";
export { type Recipe, recipe } from "./recipe.ts";
export { type Draws, type Refined, type RefineInput, refine } from "./refine.ts";
export { type Student, student } from "./student.ts";
export { sufficientBasis } from "./sufficient.ts";
export { chooseKinds, makeTargets, type Target, type TargetMap, targetMap } from "./targets.ts";
export { type CountsWindow, everything, windowAround } from "./window.ts";
