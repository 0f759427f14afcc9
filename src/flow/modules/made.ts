import {
  activation,
  type Declaration,
  linear,
  type Parameter,
  type Tape,
  type Tensor,
} from "../../tensor/index.ts";
import { hiddenDegrees, mask } from "./degrees.ts";

/** Sizes of one masked autoregressive network: D dimensions, R raw values for each. */
export interface MadeShape {
  readonly targets: number;
  readonly hidden: number;
  readonly blocks: number;
  readonly raw: number;
  readonly activation: "tanh" | "relu";
}

/** What x adds to the first pre-activation: a tensor, which is used up, or numbers that hold for the whole batch. */
export type Context = { readonly into: Tensor } | { readonly bias: Parameter };

/** Finds a parameter by its name; an unknown name is an internal error. */
export type Lookup = (name: string) => Parameter;

/** The arrays of a masked network (MADE), names starting with `prefix`. */
export function madeDeclarations(prefix: string, { targets, hidden, blocks, raw }: MadeShape): Declaration[] {
  const inputs = Array.from({ length: targets }, (_, d) => d + 1);
  const units = hiddenDegrees(targets, hidden);
  const outputs = inputs.flatMap((d) => new Array<number>(raw).fill(d));
  const atLeast = (column: number, row: number): boolean => column >= row;
  const above = (column: number, row: number): boolean => column > row;
  const hiddenMask = mask(units, units, atLeast);
  const layers = Array.from({ length: blocks }, (_, b) => [
    { name: `${prefix}.hidden.${b}.weight`, rows: hidden, columns: hidden, mask: hiddenMask },
    { name: `${prefix}.hidden.${b}.bias`, rows: 1, columns: hidden },
  ]);
  const last = { rows: hidden, columns: targets * raw, mask: mask(units, outputs, above) };
  return [
    { name: `${prefix}.input.weight`, rows: targets, columns: hidden, mask: mask(inputs, units, atLeast) },
    ...layers.flat(),
    { name: `${prefix}.output.weight`, ...last },
    { name: `${prefix}.output.bias`, rows: 1, columns: targets * raw },
  ];
}

/**
 * Raw transform parameters (D R features, those of one dimension together): those of dimension d depend on theta_1..d-1
 * and x alone:
 *
 *   h = act(context + W_in theta),   h = act(W_b h + c_b) for each block,   raw = W_out h + c_out
 */
export function made(
  tape: Tape,
  parameters: Lookup,
  prefix: string,
  shape: MadeShape,
  theta: Tensor,
  context: Context,
): Tensor {
  const input = linear(tape, theta, parameters(`${prefix}.input.weight`), context);
  let h = activation(tape, input, shape.activation);
  for (let b = 0; b < shape.blocks; b++) {
    const name = `${prefix}.hidden.${b}`;
    h = linear(tape, h, parameters(`${name}.weight`), { bias: parameters(`${name}.bias`) });
    h = activation(tape, h, shape.activation);
  }
  const bias = parameters(`${prefix}.output.bias`);
  return linear(tape, h, parameters(`${prefix}.output.weight`), { bias });
}
