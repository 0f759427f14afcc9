import {
  createStore,
  type Declaration,
  type Engine,
  linear,
  normalEnergy,
  type ParameterStore,
  type Tape,
  type Tensor,
  type Transformed,
  view,
  words,
} from "../tensor/index.ts";
import { flowKind } from "./flows.ts";
import { embedding, embeddingDeclarations } from "./modules/embedding.ts";
import { type Context, type Lookup, type MadeShape, made, madeDeclarations } from "./modules/made.ts";
import type { FlowSpec } from "./spec.ts";
import type { Transform } from "./transforms/transform.ts";

/** A flow's parameters and permutations in an engine's memory. */
export interface Network {
  readonly engine: Engine;
  readonly spec: FlowSpec;
  readonly transform: Transform;
  readonly made: MadeShape;
  readonly store: ParameterStore;
  readonly parameter: Lookup;
  /** Place of the permutation of each layer. */
  readonly permutations: readonly number[];
}

/** Every array of a flow, in the order of its flat parameter vector. */
export function declarations(spec: FlowSpec): Declaration[] {
  const inputs = spec.embedding ? spec.embedding.outputs : spec.features;
  const width = spec.layers * spec.hidden;
  return [
    ...(spec.embedding ? embeddingDeclarations(spec.features, spec.embedding) : []),
    { name: "context.weight", rows: inputs, columns: width },
    { name: "context.bias", rows: 1, columns: width },
    ...Array.from({ length: spec.layers }, (_, l) => madeDeclarations(`layers.${l}`, madeShape(spec))).flat(),
  ];
}

/** Places a flow in memory; its values are set by `setWeights`. `write`: in a team one thread writes tables. */
export function createNetwork(
  engine: Engine,
  spec: FlowSpec,
  { training = false, write = true }: { training?: boolean; write?: boolean } = {},
): Network {
  const store = createStore(engine, declarations(spec), { training, write });
  const permutations = Array.from({ length: spec.layers }, () => engine.arena.floats(spec.targets));
  const parameter = (name: string) => {
    const found = store.byName.get(name);
    if (!found) throw new Error(`internal: no parameter ${name}`);
    return found;
  };
  const transform = flowKind(spec.kind).transform(spec);
  return { engine, spec, transform, made: madeShape(spec), store, parameter, permutations };
}

export function setPermutations(
  { engine, permutations }: Network,
  values: readonly (readonly number[])[],
): void {
  for (const [l, place] of permutations.entries()) {
    words(engine.memory, place, values[l].length).set(values[l]);
  }
}

/** What x, or its embedding, adds to the first pre-activations of all layers: (L H) features, one stacked product. */
export function contextOf(tape: Tape, { spec, parameter }: Network, x: Tensor): Tensor {
  const seen = spec.embedding ? embedding(tape, parameter, spec.embedding, x) : x;
  return linear(tape, seen, parameter("context.weight"), { bias: parameter("context.bias") });
}

/** theta -> z through all layers; `context` gives layer l what x adds to it. */
export function transformed(
  tape: Tape,
  { spec, parameter, transform, made: shape, permutations }: Network,
  theta: Tensor,
  context: (layer: number) => Context,
): Transformed {
  let z = theta;
  let logDet: Tensor | undefined;
  for (let l = 0; l < spec.layers; l++) {
    const raw = made(tape, parameter, `layers.${l}`, shape, z, context(l));
    ({ z, logDet } = transform.forward(tape, z, raw, permutations[l], logDet));
  }
  if (!logDet) throw new Error("internal: a flow has at least one layer");
  return { z, logDet };
}

/** -log q(theta | x) of every row of a batch, one feature. */
export function energy(tape: Tape, network: Network, theta: Tensor, x: Tensor): Tensor {
  const { hidden } = network.spec;
  const context = contextOf(tape, network, x);
  const { z, logDet } = transformed(tape, network, theta, (l) => ({
    into: view(context, l * hidden, hidden),
  }));
  return normalEnergy(tape, z, logDet);
}

/**
 * Floating-point operations of a training step per sample, masked entries not counted: a multiply and an add per weight
 * forward, for the gradient of the weight, and for that of its inputs unless they are data.
 */
export function flopsPerSample(spec: FlowSpec): number {
  let flops = 0;
  for (const { name, rows, columns, mask } of declarations(spec)) {
    if (rows === 1) continue;
    const entries = mask ? mask.reduce((sum, m) => sum + m, 0) : rows * columns;
    const fromData =
      name === "layers.0.input.weight" ||
      name === (spec.embedding ? "embedding.input.weight" : "context.weight");
    flops += 2 * entries * (fromData ? 2 : 3);
  }
  return flops;
}

function madeShape(spec: FlowSpec): MadeShape {
  const { targets, hidden, blocks, activation } = spec;
  return { targets, hidden, blocks, activation, raw: flowKind(spec.kind).transform(spec).raw };
}
