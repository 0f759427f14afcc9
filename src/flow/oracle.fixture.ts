import * as jax from "@jax-js/jax";
import type { MafSpec, NetworkWeights } from "./spec.ts";

const { numpy: np, nn } = jax;
type Values = Record<string, jax.Array>;

/**
 * The loss of a masked autoregressive flow and its gradients by another library's automatic differentiation, written from
 * the equations alone. Masks multiply the weights; permutations and the choice of rows are matrix products.
 */
export async function oracle(
  { spec, arrays, permutations }: NetworkWeights<MafSpec>,
  masks: Record<string, Float32Array | undefined>,
  theta: Float64Array,
  x: Float64Array,
): Promise<{ loss: number; gradients: Record<string, Float32Array> }> {
  await jax.init("cpu", "wasm");
  jax.defaultDevice("wasm");
  const { targets: D, hidden: H, layers, blocks } = spec;
  const n = theta.length / D;
  const constant = (values: ArrayLike<number>, shape: readonly number[]): jax.Array =>
    np.array(Float32Array.from(values)).reshape([...shape]);
  const select = (rows: number, columns: number, one: (row: number, column: number) => boolean): jax.Array =>
    constant(
      Array.from({ length: rows * columns }, (_, i) => (one(Math.floor(i / columns), i % columns) ? 1 : 0)),
      [rows, columns],
    );
  const weights: Values = Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, data }]) => [name, constant(data, shape)]),
  );
  const silu = (v: jax.Array): jax.Array => v.ref.mul(nn.sigmoid(v));

  const loss = (w: Values): jax.Array => {
    const used = (name: string): jax.Array => {
      const mask = masks[name];
      return mask ? w[name].ref.mul(constant(mask, arrays[name].shape)) : w[name].ref;
    };
    const layer = (name: string, input: jax.Array): jax.Array =>
      np.dot(input, used(`${name}.weight`)).add(used(`${name}.bias`));
    let seen = constant(x, [n, spec.features]);
    if (spec.embedding) {
      seen = silu(layer("embedding.input", seen));
      for (let b = 0; b < spec.embedding.blocks; b++) {
        const inner = silu(layer(`embedding.blocks.${b}.first`, seen.ref));
        seen = seen.add(layer(`embedding.blocks.${b}.second`, inner));
      }
      seen = layer("embedding.output", seen);
    }
    const context = layer("context", seen);
    let z = constant(theta, [n, D]);
    let logDet = constant(new Float32Array(n), [n]);
    for (let l = 0; l < layers; l++) {
      const part = context.ref.slice([], [l * H, (l + 1) * H]);
      let h = np.tanh(np.dot(z.ref, used(`layers.${l}.input.weight`)).add(part));
      for (let b = 0; b < blocks; b++) h = np.tanh(layer(`layers.${l}.hidden.${b}`, h));
      const raw = layer(`layers.${l}.output`, h);
      const u = np.dot(
        raw.ref,
        select(2 * D, D, (row, d) => row === 2 * d),
      );
      const shift = np.dot(
        raw,
        select(2 * D, D, (row, d) => row === 2 * d + 1),
      );
      const s = nn.softplus(u).add(1e-3);
      logDet = logDet.add(np.log(s.ref).sum(1));
      z = np.dot(
        z.mul(s).add(shift),
        select(D, D, (d, to) => permutations[l][d] === to),
      );
    }
    context.dispose();
    return np
      .square(z)
      .sum(1)
      .mul(0.5)
      .add((D / 2) * Math.log(2 * Math.PI))
      .sub(logDet)
      .mean();
  };
  const [value, gradient] = jax.valueAndGrad(loss)(weights) as [jax.Array, Values];
  const gradients = Object.entries(gradient).map(
    ([name, g]) => [name, g.dataSync() as Float32Array] as const,
  );
  return { loss: value.js() as number, gradients: Object.fromEntries(gradients) };
}
