import type { Activation } from "../tensor/index.ts";

/** A residual network on x in front of the flow, trained with it: see `modules/embedding.ts`. */
export interface EmbeddingSpec {
  readonly hidden: number;
  readonly blocks: number;
  readonly outputs: number;
  readonly activation: Activation;
}

interface LayeredSpec {
  /** D, dimensions of theta. */
  readonly targets: number;
  /** F, dimensions of x. */
  readonly features: number;
  readonly layers: number;
  /** Units of each hidden layer of each conditioner. */
  readonly hidden: number;
  /** Hidden layers after the first. */
  readonly blocks: number;
  readonly activation: "tanh" | "relu";
  readonly embedding?: EmbeddingSpec;
}

/** Masked autoregressive flow (Papamakarios, Pavlakou & Murray 2017). */
export interface MafSpec extends LayeredSpec {
  readonly kind: "maf";
}

/** Neural spline flow (Durkan et al. 2019), autoregressive: for posteriors with walls. Twice the cost of a MAF. */
export interface NsfSpec extends LayeredSpec {
  readonly kind: "nsf";
  readonly bins: number;
  /** The splines act on [-tail, tail]; outside they are the identity. */
  readonly tail: number;
}

export type AutoregressiveSpec = MafSpec | NsfSpec;

/** Mixture density network (Bishop 1994): normal components with full covariances. It has no latent variable. */
export interface MdnSpec {
  readonly kind: "mdn";
  readonly targets: number;
  readonly features: number;
  readonly components: number;
  /** Units of each hidden layer. */
  readonly hidden: number;
  /** Hidden layers after the first. */
  readonly blocks: number;
  readonly activation: "tanh" | "relu";
  readonly embedding?: EmbeddingSpec;
}

/** What a conditional density is, but for its weights. Plain data: it crosses to workers and into files. */
export type FlowSpec = AutoregressiveSpec | MdnSpec;

/** Auto-encoder of counts by their Poisson likelihood: see `autoencoder.ts`. */
export interface AutoencoderSpec {
  readonly kind: "autoencoder";
  /** C, bins that are reproduced. */
  readonly targets: number;
  /** F, inputs. */
  readonly features: number;
  readonly latents: number;
  /** Units of the encoder's hidden layers; the decoder has the same in reverse. */
  readonly hidden: readonly number[];
  readonly activation: Activation;
}

/** Everything that the trainer trains. */
export type NetworkSpec = FlowSpec | AutoencoderSpec;

/** A conditional density as plain data. */
export type FlowWeights = NetworkWeights<FlowSpec>;

/**
 * A network as plain data. `arrays` are row-major, weights as (inputs, outputs). Those of a flow (a mixture's are in `mixture.ts`, an
 * auto-encoder's in `autoencoder.ts`):
 *
 *   embedding.*                     see `modules/embedding.ts`
 *   context.weight (E, L H), context.bias (L H)         x, or its embedding, to the first hidden layer of every layer
 *   layers.<l>.input.weight (D, H)
 *   layers.<l>.hidden.<b>.weight (H, H), .bias (H)
 *   layers.<l>.output.weight (H, D R), .bias (D R)      R raw values a dimension
 *
 * Hidden units are in the order of their degrees (`modules/degrees.ts`). Layer l puts its d-th output at position
 * permutations[l][d]. Other networks have no permutations.
 */
export interface NetworkWeights<S extends NetworkSpec = NetworkSpec> {
  readonly spec: S;
  readonly arrays: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly data: Float32Array }>
  >;
  readonly permutations: readonly (readonly number[])[];
}
