import { pitch, stride, valuePlace } from "../tape.ts";
import type { Tape, Tensor } from "../tape-types.ts";

export type Activation = "tanh" | "relu" | "silu";

const CODES: Record<Activation, number> = { tanh: 1, relu: 2, silu: 3 };

/**
 * act(x), element by element. tanh and ReLU work in place, for their derivative follows from their value; SiLU,
 * x / (1 + exp(-x)), makes a new tensor. Errors: x has been read by another operation.
 */
export function activation(tape: Tape, x: Tensor, name: Activation): Tensor {
  const { kernels } = tape.engine;
  const code = CODES[name];
  const inPlace = name !== "silu";
  if (inPlace) tape.markChanged(x);
  else tape.markRead(x);
  const y = inPlace ? x : tape.tensor(x.features);
  const features = x.features;
  const [xPlace, xs, xPitch] = [valuePlace(x), stride(x), pitch(x)];
  const [yPlace, ys, yPitch] = [valuePlace(y), stride(y), pitch(y)];
  tape.record({
    forward(first, count) {
      kernels.activate(yPlace + yPitch * first, ys, xPlace + xPitch * first, xs, features, count, code);
    },
    backward(plan) {
      const g = plan.gradient(y);
      if (inPlace) {
        plan.step((first, count) => {
          kernels.activateBackward(
            g + yPitch * first,
            ys,
            yPlace + yPitch * first,
            ys,
            features,
            count,
            code,
          );
        });
        return;
      }
      const gx = plan.contribution(x);
      if (!gx) return;
      const { place, accumulate } = gx;
      plan.step((first, count) => {
        const gy = g + yPitch * first;
        const to = place + xPitch * first;
        kernels.activateBackward(gy, ys, xPlace + xPitch * first, xs, features, count, code);
        kernels.add(to, xs, gy, ys, accumulate ? to : 0, xs, features, count);
      });
    },
  });
  return y;
}
