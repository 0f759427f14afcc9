import { InputError } from "../errors.ts";
import { type Rng, stream } from "../math/index.ts";
import { readParameter, writeParameter } from "../tensor/index.ts";
import { declarations, permutationCount, setPermutations, startOf } from "./network.ts";
import type { Network } from "./network-type.ts";
import type { FlowWeights, NetworkSpec, NetworkWeights } from "./spec.ts";

/**
 * A network to start training from: weights uniform in +-1/sqrt(inputs), those of its last layers a tenth of that around where they start
 * (a flow as a permutation of theta, a mixture with its components apart); biases zero. Permutations are random, but none leaves the order as it is.
 */
export function initialWeights<S extends NetworkSpec>(spec: S, seed: number): NetworkWeights<S> {
  const rng = stream(seed, "flow.weights");
  const { isLast, bias } = startOf(spec, seed);
  const arrays: Record<string, { shape: readonly number[]; data: Float32Array }> = {};
  for (const { name, rows, columns, mask } of declarations(spec)) {
    const isBias = name.endsWith(".bias");
    const last = isLast(name);
    const scale = (last ? 0.1 : 1) / Math.sqrt(rows);
    const data = Float32Array.from({ length: rows * columns }, (_, i) => {
      if (isBias) return last ? bias[i % bias.length] : 0;
      const value = (2 * rng.uniform() - 1) * scale;
      return mask && mask[i] === 0 ? 0 : value;
    });
    arrays[name] = { shape: isBias ? [columns] : [rows, columns], data };
  }
  const order = stream(seed, "flow.permutations");
  const permutations = Array.from({ length: permutationCount(spec) }, () => permutation(spec.targets, order));
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
export function setWeights(network: Network, weights: NetworkWeights): void {
  checkWeights(weights);
  for (const parameter of network.store.list) {
    writeParameter(network.engine, parameter, weights.arrays[parameter.name].data);
  }
  setPermutations(network, weights.permutations);
}

/** The network's weights as plain data. */
export function getWeights<S extends NetworkSpec>(
  network: Network<S>,
  permutations: NetworkWeights["permutations"],
): NetworkWeights<S> {
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

/** The weights of a network that is a conditional density. */
export function flowWeights({ spec, ...rest }: NetworkWeights): FlowWeights {
  if (spec.kind === "autoencoder") throw new Error("internal: an auto-encoder is no density of parameters");
  return { spec, ...rest };
}

/** Errors: arrays or permutations do not belong to the specification. */
export function checkWeights({ spec, arrays, permutations }: NetworkWeights): void {
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
  const layers = permutationCount(spec);
  const dims = Array.from({ length: spec.targets }, (_, d) => d);
  const complete = (order: readonly number[]): boolean =>
    order.toSorted((a, b) => a - b).join() === dims.join();
  if (permutations.length !== layers || !permutations.every(complete)) {
    throw new InputError(`expected ${layers} permutations of ${spec.targets} dimensions in the network`);
  }
}
