import {
  type Activation,
  activation,
  type Declaration,
  linear,
  type Tape,
  type Tensor,
} from "../../tensor/index.ts";
import type { Lookup } from "./made.ts";

/** The arrays of dense layers of the given sizes, inputs first: `<prefix>.<i>.weight` (inputs, outputs) and `.bias`. */
export function denseDeclarations(prefix: string, sizes: readonly number[]): Declaration[] {
  return sizes.slice(1).flatMap((columns, i) => [
    { name: `${prefix}.${i}.weight`, rows: sizes[i], columns },
    { name: `${prefix}.${i}.bias`, rows: 1, columns },
  ]);
}

/** h = act(W_i h + b_i) for each of `layers` layers; the last one without `act` where it is `open`. */
export function dense(
  tape: Tape,
  parameters: Lookup,
  prefix: string,
  { layers, act, open = false }: { layers: number; act: Activation; open?: boolean },
  x: Tensor,
): Tensor {
  let h = x;
  for (let i = 0; i < layers; i++) {
    const name = `${prefix}.${i}`;
    h = linear(tape, h, parameters(`${name}.weight`), { bias: parameters(`${name}.bias`) });
    if (!open || i < layers - 1) h = activation(tape, h, act);
  }
  return h;
}
