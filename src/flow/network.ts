import {
  createStore,
  type Declaration,
  type Engine,
  type Tape,
  type Tensor,
  words,
} from "../tensor/index.ts";
import { autoencoderDeclarations, autoencoderEnergy, autoencoderStart } from "./autoencoder.ts";
import { flowDeclarations, flowEnergy, flowStart } from "./autoregressive.ts";
import { mixtureDeclarations, mixtureStart, networkEnergy } from "./mixture.ts";
import type { Network, Start } from "./network-type.ts";
import type { NetworkSpec } from "./spec.ts";

/** Every array of a network, in the order of its flat parameter vector. */
export function declarations(spec: NetworkSpec): Declaration[] {
  if (spec.kind === "autoencoder") return autoencoderDeclarations(spec);
  return spec.kind === "mdn" ? mixtureDeclarations(spec) : flowDeclarations(spec);
}

/** Where the last layers of a network start. */
export function startOf(spec: NetworkSpec, seed: number): Start {
  if (spec.kind === "autoencoder") return autoencoderStart;
  return spec.kind === "mdn" ? mixtureStart(spec, seed) : flowStart(spec);
}

/** Permutations of theta that a network has. */
export const permutationCount = (spec: NetworkSpec): number => ("layers" in spec ? spec.layers : 0);

/** -log q(theta | x) of every row of a batch, one feature: the loss. For an auto-encoder theta are the counts. */
export function energy(tape: Tape, network: Network, theta: Tensor, x: Tensor): Tensor {
  const { spec } = network;
  if (spec.kind === "autoencoder") return autoencoderEnergy(tape, { ...network, spec }, theta, x);
  if (spec.kind === "mdn") return networkEnergy(tape, { ...network, spec }, theta, x);
  return flowEnergy(tape, { ...network, spec }, theta, x);
}

/** Places a network in memory; its values are set by `setWeights`. `write`: in a team one thread writes tables. */
export function createNetwork<S extends NetworkSpec>(
  engine: Engine,
  spec: S,
  { training = false, write = true }: { training?: boolean; write?: boolean } = {},
): Network<S> {
  const store = createStore(engine, declarations(spec), { training, write });
  const permutations = Array.from({ length: permutationCount(spec) }, () =>
    engine.arena.floats(spec.targets),
  );
  const parameter = (name: string) => {
    const found = store.byName.get(name);
    if (!found) throw new Error(`internal: no parameter ${name}`);
    return found;
  };
  return { engine, spec, store, parameter, permutations };
}

export function setPermutations(
  { engine, permutations }: Network,
  values: readonly (readonly number[])[],
): void {
  for (const [l, place] of permutations.entries()) {
    words(engine.memory, place, values[l].length).set(values[l]);
  }
}

/**
 * Floating-point operations of a training step per sample, masked entries not counted: a multiply and an add per weight
 * forward, for the gradient of the weight, and for that of its inputs unless they are data.
 */
export function flopsPerSample(spec: NetworkSpec): number {
  let flops = 0;
  for (const [i, { name, rows, columns, mask }] of declarations(spec).entries()) {
    if (rows === 1) continue;
    const entries = mask ? mask.reduce((sum, m) => sum + m, 0) : rows * columns;
    // The first array takes x in, and the first layer of a flow theta.
    const fromData = i === 0 || name === "layers.0.input.weight";
    flops += 2 * entries * (fromData ? 2 : 3);
  }
  return flops;
}
