import { InputError } from "../errors.ts";
import { type Rng, stream } from "../math/index.ts";
import { readParameter, writeParameter } from "../tensor/index.ts";
import { flowKind } from "./flows.ts";
import { declarations, type Network, setPermutations } from "./network.ts";
import type { FlowSpec, FlowWeights } from "./spec.ts";

/**
 * A flow to start training from: weights uniform in +-1/sqrt(inputs), those of the last layer of every conditioner a
 * tenth of that around the identity, so that the flow starts as a permutation of theta; biases zero. Permutations are random, but none leaves the order as it is.
 */
export function initialWeights(spec: FlowSpec, seed: number): FlowWeights {
  const rng = stream(seed, "flow.weights");
  const identity = flowKind(spec.kind).transform(spec).identity;
  const arrays: Record<string, { shape: readonly number[]; data: Float32Array }> = {};
  for (const { name, rows, columns, mask } of declarations(spec)) {
    const isBias = name.endsWith(".bias");
    const scale = (name.endsWith("output.weight") && name.startsWith("layers.") ? 0.1 : 1) / Math.sqrt(rows);
    const data = Float32Array.from({ length: rows * columns }, (_, i) => {
      if (isBias)
        return name.startsWith("layers.") && name.endsWith("output.bias") ? identity[i % identity.length] : 0;
      const value = (2 * rng.uniform() - 1) * scale;
      return mask && mask[i] === 0 ? 0 : value;
    });
    arrays[name] = { shape: isBias ? [columns] : [rows, columns], data };
  }
  const order = stream(seed, "flow.permutations");
  const permutations = Array.from({ length: spec.layers }, () => permutation(spec.targets, order));
  return { spec, arrays, permutations };
}

function permutation(n: number, rng: Rng): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(rng.uniform() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  const moved = order.some((from, to) => from !== to);
  return moved || n === 1 ? order : permutation(n, rng);
}

/** Copies weights into a network of the same specification. Errors: an array is missing or has another shape. */
export function setWeights(network: Network, weights: FlowWeights): void {
  checkWeights(weights);
  for (const parameter of network.store.list) {
    writeParameter(network.engine, parameter, weights.arrays[parameter.name].data);
  }
  setPermutations(network, weights.permutations);
}

/** The network's weights as plain data. */
export function getWeights(network: Network, permutations: FlowWeights["permutations"]): FlowWeights {
  const arrays = Object.fromEntries(
    network.store.list.map((parameter) => {
      const { name, rows, columns } = parameter;
      const shape = name.endsWith(".bias") ? [columns] : [rows, columns];
      return [name, { shape, data: readParameter(network.engine, parameter) }];
    }),
  );
  return { spec: network.spec, arrays, permutations };
}

/** Numbers that a flow has learnt. */
export function weightCount({ arrays }: FlowWeights): number {
  return Object.values(arrays).reduce((sum, { data }) => sum + data.length, 0);
}

/** Errors: arrays or permutations do not belong to the specification. */
export function checkWeights({ spec, arrays, permutations }: FlowWeights): void {
  for (const { name, rows, columns } of declarations(spec)) {
    const array = arrays[name];
    if (!array) throw new InputError(`the network's array ${name} is missing; is the file complete?`);
    const shape = name.endsWith(".bias") ? [columns] : [rows, columns];
    if (array.shape.join() !== shape.join() || array.data.length !== rows * columns) {
      throw new InputError(
        `the network's array ${name} should have the shape (${shape.join(", ")}), but has (${array.shape.join(", ")})`,
      );
    }
  }
  const dims = Array.from({ length: spec.targets }, (_, d) => d);
  const complete = (order: readonly number[]): boolean =>
    order.toSorted((a, b) => a - b).join() === dims.join();
  if (permutations.length !== spec.layers || !permutations.every(complete)) {
    throw new InputError(`expected ${spec.layers} permutations of ${spec.targets} dimensions in the network`);
  }
}
