import { createPlan } from "./backward.ts";
import type { Engine } from "./engine.ts";
import type { Backward, Operation, Tape, Tensor } from "./tape-types.ts";

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
