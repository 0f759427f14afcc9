import { requireWhole, valuePlace } from "../tape.ts";
import type { Tape, Tensor } from "../tape-types.ts";

/** Values after a transform and log |det dz/dx| of all transforms so far (one feature). */
export interface Transformed {
  readonly z: Tensor;
  readonly logDet: Tensor;
}

/**
 * z[perm[d]] = s_d x_d + shift_d with s = softplus(u) + 1e-3, u_d = raw[2d], shift_d = raw[2d + 1]; sum_d log s_d is added
 * to `logDet`, or starts it. `permutation` is the place of D 32-bit words.
 */
export function affine(
  tape: Tape,
  x: Tensor,
  raw: Tensor,
  permutation: number,
  logDet?: Tensor,
): Transformed {
  const { kernels } = tape.engine;
  const dims = x.features;
  if (raw.features !== 2 * dims)
    throw new Error(`internal: ${raw.features} raw values for ${dims} dimensions`);
  for (const tensor of [x, raw]) {
    requireWhole(tensor);
    tape.markRead(tensor);
  }
  if (logDet) tape.markChanged(logDet);
  const z = tape.tensor(dims);
  const sum = logDet ?? tape.tensor(1);
  const [zAt, xAt, rawAt, sumAt] = [z, x, raw, sum].map(valuePlace);
  const [row, pair] = [32 * dims, 64 * dims];
  const add = logDet ? 1 : 0;
  tape.record({
    forward(first, count) {
      const [to, from] = [zAt + row * first, xAt + row * first];
      kernels.affineForward(
        to,
        from,
        rawAt + pair * first,
        sumAt + 32 * first,
        permutation,
        dims,
        count,
        add,
      );
    },
    backward(plan) {
      const gz = plan.gradient(z);
      const gSum = plan.gradient(sum);
      const gRaw = plan.contribution(raw);
      if (!gRaw || gRaw.accumulate) throw new Error("internal: raw transform parameters have one reader");
      const gx = plan.contribution(x);
      const accumulate = gx?.accumulate ?? 0;
      plan.step((first, count) => {
        const gTo = gx ? gx.place + row * first : 0;
        const [gRawTo, g] = [gRaw.place + pair * first, gz + row * first];
        const [from, rawFrom] = [xAt + row * first, rawAt + pair * first];
        // biome-ignore format: one call
        kernels.affineBackward(gTo, gRawTo, g, gSum + 32 * first, from, rawFrom, permutation, dims, count, accumulate);
      });
    },
  });
  return { z, logDet: sum };
}
