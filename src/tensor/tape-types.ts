import type { Engine } from "./engine.ts";
import type { Parameter } from "./parameters.ts";

/** Place of the values of a whole tensor, and of its gradient once something needs it. */
export interface TensorBuffer {
  readonly place: number;
  readonly features: number;
  readonly needsGradient: boolean;
  gradient: number;
  /** Features that an operation has read: those must not change any more. */
  readonly read: Uint8Array;
}

/** Features offset..offset + features of a buffer; values are tiles [t][feature][8 samples]. */
export interface Tensor {
  readonly buffer: TensorBuffer;
  readonly offset: number;
  readonly features: number;
}

/** One recorded operation. `forward` computes the tiles first..first + count. */
export interface Operation {
  forward(first: number, count: number): void;
  /** Writes the operation's part of the backward pass; absent where nothing flows back. */
  backward?(plan: BackwardPlan): void;
}

/**
 * Operations in the order of recording, with every buffer placed once for a fixed number of tiles (of 8 samples), so that
 * a step allocates nothing and any range of tiles can be computed by any thread of a team: tiles never mix until the sums
 * over the batch in the weight gradients.
 */
export interface Tape {
  readonly engine: Engine;
  readonly tiles: number;
  tensor(features: number, options?: { needsGradient?: boolean }): Tensor;
  /** The tensor is read by an operation and must not be changed in place from now on. */
  markRead(tensor: Tensor): void;
  /** Errors if the tensor's values have been read: an in-place operation would falsify the reader's gradient. */
  markChanged(tensor: Tensor): void;
  record(operation: Operation): void;
  forward(first: number, count: number): void;
}

/** The backward pass of a tape from the gradient of one tensor. */
export interface Backward {
  /** Gradients of all tensors, for the tiles first..first + count. */
  run(first: number, count: number): void;
  /** Gradients of the parameters, to be run after `run` has covered all tiles. */
  readonly jobs: readonly WeightJob[];
}

/** Part of a backward pass over the tiles first..first + count. */
export type Step = (first: number, count: number) => void;

/** What the backward part of an operation writes to while the tape is walked from its end. */
export interface BackwardPlan {
  /** Place of a gradient that is complete when the steps written next are run; places not contributed to are zeroed. */
  gradient(tensor: Tensor): number;
  /** Where to add a gradient: the first contribution overwrites, later ones add. Undefined where none is wanted. */
  contribution(tensor: Tensor): { place: number; accumulate: number } | undefined;
  step(step: Step): void;
  /** dW += x^T g */
  weight(parameter: Parameter, x: Tensor, output: Tensor, final: boolean): void;
  /** db += sum over the batch of g */
  bias(parameter: Parameter, output: Tensor, final: boolean): void;
}

/**
 * Gradient of one parameter over the whole batch, in blocks of 8 columns. A block is always summed whole, in the order of
 * the batch, so blocks can be shared out among threads without changing a bit.
 */
export interface WeightJob {
  readonly parameter: Parameter;
  /** Relative cost of each block. */
  readonly costs: readonly number[];
  /** `accumulate`: add to the gradient instead of setting it. */
  run(firstBlock: number, lastBlock: number, accumulate?: boolean): void;
}
