import { activation, add, type Declaration, linear, type Tape, type Tensor } from "../../tensor/index.ts";
import type { EmbeddingSpec } from "../spec.ts";
import type { Lookup } from "./made.ts";

/** The arrays of a residual network from F features, names starting with `embedding`. */
export function embeddingDeclarations(features: number, spec: EmbeddingSpec): Declaration[] {
  const { hidden, blocks, outputs } = spec;
  const layer = (name: string, rows: number, columns: number): Declaration[] => [
    { name: `embedding.${name}.weight`, rows, columns },
    { name: `embedding.${name}.bias`, rows: 1, columns },
  ];
  const parts = Array.from({ length: blocks }, (_, b) => [
    ...layer(`blocks.${b}.first`, hidden, hidden),
    ...layer(`blocks.${b}.second`, hidden, hidden),
  ]);
  return [...layer("input", features, hidden), ...parts.flat(), ...layer("output", hidden, outputs)];
}

/**
 *   h = act(W x + c),   h = h + V_b act(U_b h + a_b) + b_b for each block,   e = W_out h + c_out
 */
export function embedding(tape: Tape, parameters: Lookup, spec: EmbeddingSpec, x: Tensor): Tensor {
  const layer = (name: string, input: Tensor): Tensor => {
    const bias = parameters(`embedding.${name}.bias`);
    return linear(tape, input, parameters(`embedding.${name}.weight`), { bias });
  };
  let h = activation(tape, layer("input", x), spec.activation);
  for (let b = 0; b < spec.blocks; b++) {
    const inner = activation(tape, layer(`blocks.${b}.first`, h), spec.activation);
    h = add(tape, h, layer(`blocks.${b}.second`, inner));
  }
  return layer("output", h);
}
