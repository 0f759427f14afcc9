import { requireWhole, valuePlace } from "../tape.ts";
import type { Tape, Tensor } from "../tape-types.ts";
import type { Transformed } from "./affine.ts";

/** Bins of a spline and its half-width: it is the identity outside [-tail, tail]. */
export interface SplineShape {
  readonly bins: number;
  readonly tail: number;
}

/** Raw parameters of one dimension: widths, heights, slopes at the inner knots. */
export const splineRaw = ({ bins }: SplineShape): number => 3 * bins - 1;

/**
 * z[perm[d]] = f_d(x_d), f_d the monotone rational-quadratic spline of raw[d R .. d R + R - 1] (Durkan et al. 2019; see
 * kernels/spline.ts); sum_d log f_d' is added to `logDet`, or starts it. `permutation` is the place of D 32-bit words.
 */
export function spline(
  tape: Tape,
  x: Tensor,
  raw: Tensor,
  permutation: number,
  shape: SplineShape,
  logDet?: Tensor,
): Transformed {
  const { kernels } = tape.engine;
  const { bins, tail } = shape;
  const dims = x.features;
  const R = splineRaw(shape);
  if (raw.features !== R * dims)
    throw new Error(`internal: ${raw.features} raw values for ${dims} dimensions`);
  for (const tensor of [x, raw]) {
    requireWhole(tensor);
    tape.markRead(tensor);
  }
  if (logDet) tape.markChanged(logDet);
  const z = tape.tensor(dims);
  const sum = logDet ?? tape.tensor(1);
  const work = tape.tensor(2 * bins * dims);
  const [zAt, xAt, rawAt, sumAt, workAt] = [z, x, raw, sum, work].map(valuePlace);
  const [row, rawRow, workRow] = [32 * dims, 32 * R * dims, 64 * bins * dims];
  const add = logDet ? 1 : 0;
  tape.record({
    forward(first, count) {
      const [to, from, rawFrom] = [zAt + row * first, xAt + row * first, rawAt + rawRow * first];
      const [scratch, total] = [workAt + workRow * first, sumAt + 32 * first];
      // biome-ignore format: one call
      kernels.splineForward(to, from, rawFrom, scratch, total, permutation, dims, bins, tail, count, add);
    },
    backward(plan) {
      const gz = plan.gradient(z);
      const gSum = plan.gradient(sum);
      const gRaw = plan.contribution(raw);
      if (!gRaw || gRaw.accumulate) throw new Error("internal: raw transform parameters have one reader");
      const gx = plan.contribution(x);
      const accumulate = gx?.accumulate ?? 0;
      plan.step((first, count) => {
        const [gTo, g] = [gx ? gx.place + row * first : 0, gz + row * first];
        const [gRawTo, from] = [gRaw.place + rawRow * first, xAt + row * first];
        const [rawFrom, scratch] = [rawAt + rawRow * first, workAt + workRow * first];
        // biome-ignore format: one call
        kernels.splineBackward(gTo, gRawTo, g, gSum + 32 * first, from, rawFrom, scratch, permutation, dims, bins, tail, count, accumulate);
      });
    },
  });
  return { z, logDet: sum };
}
