import type { Parameter } from "../parameters.ts";
import { isWhole, pitch, stride, valuePlace } from "../tape.ts";
import type { Tape, Tensor } from "../tape-types.ts";

/**
 * y = x W (+ b), W (inputs, outputs). With `into`, y is that tensor (or view) and x W is added to what it holds; its old
 * values must not have been read. Gradients: dx = g W^T, dW = x^T g, db = sum of g.
 */
export function linear(
  tape: Tape,
  x: Tensor,
  weight: Parameter,
  { bias, into }: { bias?: Parameter; into?: Tensor } = {},
): Tensor {
  const { kernels } = tape.engine;
  const { rows, columns, ld, limits, starts, value } = weight;
  const y = into ?? tape.tensor(columns);
  if (x.features !== rows || y.features !== columns) {
    throw new Error(
      `internal: ${weight.name} is (${rows}, ${columns}), used from ${x.features} to ${y.features}`,
    );
  }
  if (into) tape.markChanged(into);
  tape.markRead(x);
  const [yPlace, ys, yPitch] = [valuePlace(y), stride(y), pitch(y)];
  const [xPlace, xs, xPitch] = [valuePlace(x), stride(x), pitch(x)];
  const biasPlace = bias?.value ?? 0;
  const add = into ? 1 : 0;
  tape.record({
    forward(first, count) {
      const to = yPlace + yPitch * first;
      const from = xPlace + xPitch * first;
      kernels.gemm(to, ys, from, xs, value, ld, biasPlace, columns, rows, count, add, limits);
    },
    backward(plan) {
      const g = plan.gradient(y);
      const final = !into && isWhole(y);
      if (bias) plan.bias(bias, y, final);
      plan.weight(weight, x, y, final);
      const gx = plan.contribution(x);
      if (!gx) return;
      const { place, accumulate } = gx;
      plan.step((first, count) => {
        const to = place + xPitch * first;
        kernels.gemmTransposed(
          to,
          xs,
          g + yPitch * first,
          ys,
          value,
          ld,
          columns,
          rows,
          count,
          accumulate,
          starts,
        );
      });
    },
  });
  return y;
}
