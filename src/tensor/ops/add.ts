import { pitch, stride, valuePlace } from "../tape.ts";
import type { Tape, Tensor } from "../tape-types.ts";

/** a + b, element by element. */
export function add(tape: Tape, a: Tensor, b: Tensor): Tensor {
  const { kernels } = tape.engine;
  const { features } = a;
  if (b.features !== features) throw new Error(`internal: adding ${b.features} features to ${features}`);
  tape.markRead(a);
  tape.markRead(b);
  const y = tape.tensor(features);
  const [yPlace, ys, yPitch] = [valuePlace(y), stride(y), pitch(y)];
  const [aPlace, as, aPitch] = [valuePlace(a), stride(a), pitch(a)];
  const [bPlace, bs, bPitch] = [valuePlace(b), stride(b), pitch(b)];
  tape.record({
    forward(first, count) {
      const from = aPlace + aPitch * first;
      kernels.add(yPlace + yPitch * first, ys, from, as, bPlace + bPitch * first, bs, features, count);
    },
    backward(plan) {
      const g = plan.gradient(y);
      for (const x of [a, b]) {
        const gx = plan.contribution(x);
        if (!gx) continue;
        const { place, accumulate } = gx;
        const [xs, xPitch] = [stride(x), pitch(x)];
        plan.step((first, count) => {
          const to = place + xPitch * first;
          kernels.add(to, xs, g + yPitch * first, ys, accumulate ? to : 0, xs, features, count);
        });
      }
    },
  });
  return y;
}
