import type { Parameter } from "../tensor/index.ts";
import { madeShape, transformOf } from "./autoregressive.ts";
import { unitsUpTo } from "./modules/degrees.ts";
import type { Network } from "./network-type.ts";
import type { AutoregressiveSpec } from "./spec.ts";

/** Places of the whole tensors that an inversion works in; capacity `tiles`. */
export interface InverseSpace {
  readonly x: readonly [number, number];
  readonly raw: number;
  readonly scratch: number;
  readonly hidden: readonly number[];
}

export function createInverseSpace(
  { engine, spec }: Network<AutoregressiveSpec>,
  tiles: number,
): InverseSpace {
  const [made, transform] = [madeShape(spec), transformOf(spec)];
  const room = (features: number): number => engine.arena.floats(tiles * features * 8);
  return {
    x: [room(spec.targets), room(spec.targets)],
    raw: room(spec.targets * made.raw),
    scratch: room(transform.scratch),
    hidden: Array.from({ length: spec.blocks + 1 }, () => room(spec.hidden)),
  };
}

/**
 * theta from z for one x, all layers from the last to the first; log |det dz/dtheta| is added to `logDet`. Returns the place
 * of theta, one of `space.x`.
 *
 * Dimension d needs the hidden units of degree <= d only, and those of lower degree are there already: every unit is
 * computed once, so a draw costs about as much as a density (the plain inverse runs the network D times).
 */
export function invert(
  network: Network<AutoregressiveSpec>,
  space: InverseSpace,
  context: readonly Parameter[],
  z: number,
  logDet: number,
  tiles: number,
): number {
  let from = z;
  for (let l = network.spec.layers - 1; l >= 0; l--) {
    const to = space.x[l % 2];
    invertLayer(network, space, l, context[l], { from, to, logDet, tiles });
    from = to;
  }
  return from;
}

interface Layer {
  readonly from: number;
  readonly to: number;
  readonly logDet: number;
  readonly tiles: number;
}

function invertLayer(
  network: Network<AutoregressiveSpec>,
  space: InverseSpace,
  l: number,
  context: Parameter,
  { from, to, logDet, tiles }: Layer,
): void {
  const { engine, spec, parameter, permutations } = network;
  const transform = transformOf(spec);
  const { kernels } = engine;
  const { targets: dims, hidden } = spec;
  const R = transform.raw;
  const code = spec.activation === "tanh" ? 1 : 2;
  const known = unitsUpTo(dims, hidden);
  /** Units first..first + n of a hidden layer, from the leading `inputs` rows of what is below it. */
  const units = (
    y: number,
    first: number,
    n: number,
    x: number,
    xs: number,
    inputs: number,
    w: Parameter,
    b: Parameter,
  ) => {
    const at = y + 32 * first;
    const [weight, bias] = [w.value + 4 * first, b.value + 4 * first];
    kernels.gemm(at, 8 * hidden, x, xs, weight, w.ld, bias, n, inputs, tiles, 0, 0);
    kernels.activate(at, 8 * hidden, at, 8 * hidden, n, tiles, code);
  };
  const layer = (b: number, part: string): Parameter => parameter(`layers.${l}.hidden.${b}.${part}`);
  const input = parameter(`layers.${l}.input.weight`);
  const output = parameter(`layers.${l}.output.weight`);
  const outputBias = parameter(`layers.${l}.output.bias`);
  const top = space.hidden[spec.blocks];
  for (let dim = 0; dim < dims; dim++) {
    const first = dim === 0 ? 0 : known[dim - 1];
    const n = known[dim] - first;
    if (n > 0) {
      units(space.hidden[0], first, n, to, 8 * dims, dim, input, context);
      for (let b = 0; b < spec.blocks; b++) {
        const [below, above] = [space.hidden[b], space.hidden[b + 1]];
        units(above, first, n, below, 8 * hidden, known[dim], layer(b, "weight"), layer(b, "bias"));
      }
    }
    const column = R * dim;
    const [weight, bias] = [output.value + 4 * column, outputBias.value + 4 * column];
    const at = space.raw + 32 * column;
    kernels.gemm(at, 8 * dims * R, top, 8 * hidden, weight, output.ld, bias, R, known[dim], tiles, 0, 0);
    const permutation = permutations[l];
    const { raw, scratch } = space;
    transform.inverse(kernels, { x: to, z: from, raw, scratch, logDet, permutation, dims, dim, tiles });
  }
}
