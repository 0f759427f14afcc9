export { addBackground, type BackgroundLaw } from "./background.ts";
export { type Base, type BaseMap, baseLoss, baseMap, identityBase, type Standardised } from "./base.ts";
export { type Coverage, type Covered, coverageOf, covers } from "./coverage.ts";
export { type FeatureMap, featureCount, features, isLinear } from "./features.ts";
export type { AutoencoderFeatures, DenseLayer } from "./features-autoencoder.ts";
export type { BinFeatures } from "./features-bins.ts";
export type { PcaFeatures } from "./features-pca.ts";
export type { SufficientFeatures } from "./features-sufficient.ts";
export type { Bands, BinEnergies, SummaryFeatures } from "./features-summary.ts";
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
export { type Criterion, type Labels, labelDraws } from "./restriction.ts";
export { type Student, student } from "./student.ts";
export { sufficientBasis } from "./sufficient.ts";
export { chooseKinds, makeTargets, type Target, type TargetMap, targetMap } from "./targets.ts";
export { type CountsWindow, everything, windowAround } from "./window.ts";
