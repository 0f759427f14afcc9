import { type BackwardPlan, createPlan, type WeightJob } from "./backward.ts";
import type { Engine } from "./engine.ts";

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

export function createTape(
  engine: Engine,
  tiles: number,
): Tape & { backward(from: Tensor, seed: number): Backward } {
  const operations: Operation[] = [];
  return {
    engine,
    tiles,
    tensor(features, { needsGradient = true } = {}) {
      const place = engine.arena.floats(tiles * features * 8);
      const read = new Uint8Array(features);
      return { buffer: { place, features, needsGradient, gradient: 0, read }, offset: 0, features };
    },
    markRead({ buffer, offset, features }) {
      buffer.read.fill(1, offset, offset + features);
    },
    markChanged({ buffer, offset, features }) {
      if (buffer.read.subarray(offset, offset + features).some((r) => r !== 0)) {
        throw new Error("internal: a tensor is changed in place after it has been read");
      }
    },
    record: (operation) => operations.push(operation),
    forward(first, count) {
      for (const operation of operations) operation.forward(first, count);
    },
    backward(from, seed) {
      const plan = createPlan(engine, tiles);
      from.buffer.gradient = seed;
      plan.seed(from);
      for (const operation of operations.toReversed()) operation.backward?.(plan);
      return plan.finish();
    },
  };
}

/** Rows first..first + features of a tensor, sharing its memory and its gradient. */
export function view(tensor: Tensor, first: number, features: number): Tensor {
  if (first + features > tensor.features) throw new Error("internal: a view reaches beyond its tensor");
  return { buffer: tensor.buffer, offset: tensor.offset + first, features };
}

/** Floats between the tiles of a tensor. */
export const stride = (tensor: Tensor): number => tensor.buffer.features * 8;

/** Bytes between the tiles of a tensor. */
export const pitch = (tensor: Tensor): number => tensor.buffer.features * 32;

/** Place of a tensor's values in tile 0. */
export const valuePlace = (tensor: Tensor): number => tensor.buffer.place + 32 * tensor.offset;

export const isWhole = (tensor: Tensor): boolean => tensor.features === tensor.buffer.features;

/** Errors unless the tensor fills its buffer, as kernels without strides require. */
export function requireWhole(tensor: Tensor): void {
  if (!isWhole(tensor)) throw new Error("internal: this operation takes no views");
}
