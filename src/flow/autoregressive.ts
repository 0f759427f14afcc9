import {
  type Declaration,
  linear,
  normalEnergy,
  type Tape,
  type Tensor,
  type Transformed,
  view,
} from "../tensor/index.ts";
import { embedding, embeddingDeclarations } from "./modules/embedding.ts";
import { type Context, type MadeShape, made, madeDeclarations } from "./modules/made.ts";
import type { Network, Start } from "./network-type.ts";
import type { AutoregressiveSpec } from "./spec.ts";
import { affineTransform } from "./transforms/affine.ts";
import { splineTransform } from "./transforms/spline.ts";
import type { Transform } from "./transforms/transform.ts";

/** The transform of every layer of a flow. */
export function transformOf(spec: AutoregressiveSpec): Transform {
  return spec.kind === "nsf" ? splineTransform(spec) : affineTransform;
}

/** The conditioner of every layer of a flow. */
export function madeShape(spec: AutoregressiveSpec): MadeShape {
  const { targets, hidden, blocks, activation } = spec;
  return { targets, hidden, blocks, activation, raw: transformOf(spec).raw };
}

/** Every array of a flow, in the order of its flat parameter vector. */
export function flowDeclarations(spec: AutoregressiveSpec): Declaration[] {
  const inputs = spec.embedding ? spec.embedding.outputs : spec.features;
  const width = spec.layers * spec.hidden;
  return [
    ...(spec.embedding ? embeddingDeclarations(spec.features, spec.embedding) : []),
    { name: "context.weight", rows: inputs, columns: width },
    { name: "context.bias", rows: 1, columns: width },
    ...Array.from({ length: spec.layers }, (_, l) => madeDeclarations(`layers.${l}`, madeShape(spec))).flat(),
  ];
}

/** Every layer starts as the identity, so that a flow starts as a permutation of theta. */
export function flowStart(spec: AutoregressiveSpec): Start {
  return {
    isLast: (name) => /^layers\..*\boutput\./.test(name),
    bias: transformOf(spec).identity,
  };
}

/** What x, or its embedding, adds to the first pre-activations of all layers: (L H) features, one stacked product. */
export function contextOf(tape: Tape, { spec, parameter }: Network<AutoregressiveSpec>, x: Tensor): Tensor {
  const seen = spec.embedding ? embedding(tape, parameter, spec.embedding, x) : x;
  return linear(tape, seen, parameter("context.weight"), { bias: parameter("context.bias") });
}

/** theta -> z through all layers; `context` gives layer l what x adds to it. */
export function transformed(
  tape: Tape,
  { spec, parameter, permutations }: Network<AutoregressiveSpec>,
  theta: Tensor,
  context: (layer: number) => Context,
): Transformed {
  const [transform, shape] = [transformOf(spec), madeShape(spec)];
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
export function flowEnergy(
  tape: Tape,
  network: Network<AutoregressiveSpec>,
  theta: Tensor,
  x: Tensor,
): Tensor {
  const { hidden } = network.spec;
  const context = contextOf(tape, network, x);
  const { z, logDet } = transformed(tape, network, theta, (l) => ({
    into: view(context, l * hidden, hidden),
  }));
  return normalEnergy(tape, z, logDet);
}
