import { isShown } from "./background.ts";
import { type AutoencoderFeatures, encode } from "./features-autoencoder.ts";
import { type BinFeatures, binFeatures } from "./features-bins.ts";
import { standardise } from "./features-moments.ts";
import type { PcaFeatures } from "./features-pca.ts";
import {
  netFeatures,
  projectCounts,
  type SufficientFeatures,
  sufficientFeatures,
} from "./features-sufficient.ts";
import { columnsOf, type SummaryFeatures, statisticCount, summaryStatistics } from "./features-summary.ts";

/**
 * What a network sees of data x (L): the counts of a spectrum's bins, those of several spectra one after the other, and after them the background
 * counts of the same bins where these are shown (`BackgroundLaw`). Plain data, stored with the network; one file a kind. Each feature is then standardised with `mean` and `sd`.
 */
export type FeatureMap =
  | SufficientFeatures
  | BinFeatures
  | PcaFeatures
  | SummaryFeatures
  | AutoencoderFeatures;

/** Number of features F. */
export function featureCount(map: FeatureMap): number {
  return map.mean.length;
}

/**
 * Whether features of expected counts are, but for rounding, the expected features of counts. Only such a network may be shown the counts of
 * a fit in place of observed ones: 2 sqrt(x + 3/8) of a bin that expects 0.3 counts is another number than the mean of its values for 0, 1,
 * 2 ..., and over hundreds of faint bins the difference moves a posterior by more than its width.
 */
export function isLinear({ kind }: FeatureMap): boolean {
  return kind === "sufficient" || kind === "raw";
}

/** Features (n, F) of data (n, L). */
export function features(map: FeatureMap, data: ArrayLike<number>): Float64Array {
  return standardise(unstandardised(map, data), map);
}

/** Unstandardised features of projections (n, K) on the columns of a basis, and of totals (n). */
export function featuresOfProjections(
  { kind, basis, bins, background }: SufficientFeatures | PcaFeatures,
  { projections, totals }: { readonly projections: Float64Array; readonly totals: Float64Array },
): Float64Array {
  if (kind === "pca") return projections;
  if (isShown(background)) return netFeatures(projections, background, basis.length / bins);
  return sufficientFeatures(projections, totals, basis.length / bins);
}

function unstandardised(map: FeatureMap, counts: ArrayLike<number>): Float64Array {
  const L = map.bins;
  switch (map.kind) {
    case "sufficient":
    case "pca":
      return featuresOfProjections(map, projectCounts(map.basis, counts, L));
    case "summary":
    case "bands":
      return columnsOf(summaryStatistics(map.bands, counts), statisticCount(map.bands), map.used);
    case "autoencoder":
      return encode(map, counts);
    default:
      return binFeatures(map.kind, map.used, counts, L);
  }
}
