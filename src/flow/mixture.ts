import { stream } from "../math/index.ts";
import {
  type Declaration,
  linear,
  mixtureEnergy,
  mixtureRaw,
  type Tape,
  type Tensor,
} from "../tensor/index.ts";
import { dense, denseDeclarations } from "./modules/dense.ts";
import { embedding, embeddingDeclarations } from "./modules/embedding.ts";
import type { Network, Start } from "./network-type.ts";
import type { MdnSpec } from "./spec.ts";

/**
 * The arrays of a mixture density network: `embedding.*`, `trunk.<i>.weight` and `.bias`, `output.weight` and `.bias`; the outputs are, for each
 * component, a logit, D means and the lower triangle of the factor L of its precision L^T L, row by row.
 */
export function mixtureDeclarations(spec: MdnSpec): Declaration[] {
  const { hidden, blocks, components, targets } = spec;
  const inputs = spec.embedding ? spec.embedding.outputs : spec.features;
  const outputs = components * mixtureRaw(targets);
  return [
    ...(spec.embedding ? embeddingDeclarations(spec.features, spec.embedding) : []),
    ...denseDeclarations("trunk", [inputs, ...new Array<number>(blocks + 1).fill(hidden)]),
    { name: "output.weight", rows: hidden, columns: outputs },
    { name: "output.bias", rows: 1, columns: outputs },
  ];
}

/** Components of equal weight and unit covariance whose means lie apart, or they would stay the same for ever. */
export function mixtureStart({ components, targets: D }: MdnSpec, seed: number): Start {
  const rng = stream(seed, "flow.components");
  const unit = Math.log(Math.expm1(1 - 1e-3));
  const bias = Array.from({ length: components }, () => {
    const means = Array.from({ length: D }, () => 0.5 * rng.normal());
    const factor = Array.from({ length: D }, (_, i) => [...new Array<number>(i).fill(0), unit]);
    return [0, ...means, ...factor.flat()];
  });
  return { isLast: (name) => name.startsWith("output."), bias: bias.flat() };
}

/** Raw parameters of the mixture of every row of a batch. */
export function mixtureParameters(tape: Tape, { spec, parameter }: Network<MdnSpec>, x: Tensor): Tensor {
  const seen = spec.embedding ? embedding(tape, parameter, spec.embedding, x) : x;
  const h = dense(tape, parameter, "trunk", { layers: spec.blocks + 1, act: spec.activation }, seen);
  return linear(tape, h, parameter("output.weight"), { bias: parameter("output.bias") });
}

/** -log q(theta | x) of every row of a batch, one feature. */
export function networkEnergy(tape: Tape, network: Network<MdnSpec>, theta: Tensor, x: Tensor): Tensor {
  return mixtureEnergy(tape, theta, mixtureParameters(tape, network, x), network.spec.components);
}
