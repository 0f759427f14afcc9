import type { Activation } from "../tensor/index.ts";

/** A residual network on x in front of the flow, trained with it: see `modules/embedding.ts`. */
export interface EmbeddingSpec {
  readonly hidden: number;
  readonly blocks: number;
  readonly outputs: number;
  readonly activation: Activation;
}

interface AutoregressiveSpec {
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
export interface MafSpec extends AutoregressiveSpec {
  readonly kind: "maf";
}

/** Neural spline flow (Durkan et al. 2019), autoregressive: for posteriors with walls. Twice the cost of a MAF. */
export interface NsfSpec extends AutoregressiveSpec {
  readonly kind: "nsf";
  readonly bins: number;
  /** The splines act on [-tail, tail]; outside they are the identity. */
  readonly tail: number;
}

/** What a flow is, but for its weights. Plain data: it crosses to workers and into files. */
export type FlowSpec = MafSpec | NsfSpec;

/**
 * A flow as plain data. `arrays` are row-major, weights as (inputs, outputs):
 *
 *   embedding.*                     see `modules/embedding.ts`
 *   context.weight (E, L H), context.bias (L H)         x, or its embedding, to the first hidden layer of every layer
 *   layers.<l>.input.weight (D, H)
 *   layers.<l>.hidden.<b>.weight (H, H), .bias (H)
 *   layers.<l>.output.weight (H, D R), .bias (D R)      R raw values a dimension
 *
 * Hidden units are in the order of their degrees (`modules/degrees.ts`). Layer l puts its d-th output at position
 * permutations[l][d].
 */
export interface FlowWeights {
  readonly spec: FlowSpec;
  readonly arrays: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly data: Float32Array }>
  >;
  readonly permutations: readonly (readonly number[])[];
}
