import type { FlowSpec } from "../flow/spec.ts";

/** How a network is built and trained. Plain data: what a preset means, stored with the network. */
export interface Recipe {
  readonly preset: "default" | "paper";
  /** Kind of the density estimator. */
  readonly flow: FlowSpec["kind"];
  /** Not used by a mixture. */
  readonly layers: number;
  readonly hidden: number;
  readonly blocks: number;
  /** Residual network on the features, trained with the flow; absent: features enter the flow directly. */
  readonly embedding?: { readonly hidden: number; readonly blocks: number; readonly outputs: number };
  /** Closed-form Gaussian base whose residual the flow learns. */
  readonly base: boolean;
  /** "auto": logit where posteriors reach the prior's walls. */
  readonly targets: "auto" | "standard";
  readonly batch: number;
  readonly learningRate: number;
  /** Fixed budget with linear warm-up and cosine decay; absent: constant rate until `patience` epochs bring no improvement. */
  readonly steps?: number;
  readonly warmup?: number;
  readonly patience?: number;
  readonly maxEpochs?: number;
  readonly clip: number;
  readonly validationFraction: number;
  /** Poisson noise is drawn afresh every so many epochs; absent: once. */
  readonly refresh?: number;
}

/**
 * The paper's recipe (Barret & Dupourque 2024, with sbi 0.22's defaults): MAF 5 x 50 with 2 blocks, Adam 5e-4, batch 50,
 * 10 % validation, stop after 20 epochs without improvement, clip 5, noise drawn once. The sizes are also those of sbi's spline flow (with 10
 * bins, tail 3) and of its mixture (10 components).
 */
const paper: Recipe = {
  preset: "paper",
  flow: "maf",
  layers: 5,
  hidden: 50,
  blocks: 2,
  base: false,
  targets: "standard",
  batch: 50,
  learningRate: 5e-4,
  patience: 20,
  maxEpochs: 2000,
  clip: 5,
  validationFraction: 0.1,
};

/** Features that are few and hold nearly all there is to know. */
const FEW: readonly string[] = ["sufficient", "autoencoder"];

/** Modes beyond the parameters up to which a family of spectra counts as flat. */
const FLAT = 2;

/** A residual network wide enough to take in hundreds of bins. */
const WIDE = { hidden: 192, blocks: 2, outputs: 32 } as const;

/** What a user chooses besides the preset. */
export interface RecipeChoice {
  /** Default: a masked autoregressive flow. */
  readonly estimator?: Recipe["flow"];
  /** Kind of the features as the configuration names it (default sufficient). */
  readonly features?: string;
}

/**
 * The recipe of a preset for D parameters and F features.
 *
 * The number of near-sufficient features tells how curved the family of spectra is: a flat one has one shape mode a parameter.
 * There a closed-form base comes close to the posterior, and the flow learns the rest. Where modes are many the base's
 * polynomials do harm: a larger flow then learns the standardised parameters themselves, behind a wider embedding, for longer. So it does for
 * features that are not nearly sufficient, or not few. All train on fresh Poisson noise with a fixed cosine schedule.
 */
export function recipe(
  preset: "default" | "paper",
  D: number,
  F: number,
  { estimator = "maf", features = "sufficient" }: RecipeChoice = {},
): Recipe {
  const embedded = features === "embedding" ? { embedding: WIDE } : {};
  if (preset === "paper") return { ...paper, flow: estimator, ...embedded };
  const shared = {
    preset,
    flow: estimator,
    layers: 5,
    hidden: 50,
    blocks: 2,
    batch: 200,
    learningRate: 4e-3,
    steps: 3000,
    warmup: 200,
    clip: 5,
    validationFraction: 0.1,
    refresh: 5,
  } as const;
  if (F <= D + FLAT && FEW.includes(features))
    return { ...shared, embedding: { hidden: 64, blocks: 1, outputs: 16 }, base: true, targets: "auto" };
  return {
    ...shared,
    layers: 8,
    hidden: 64,
    steps: 6000,
    embedding: { hidden: 128, blocks: 2, outputs: 32 },
    ...embedded,
    base: false,
    targets: "standard",
  };
}
