import { requireWhole, valuePlace } from "../tape.ts";
import type { Tape, Tensor } from "../tape-types.ts";

/** Raw parameters of one component: a logit, D means, the lower triangle of the factor of its precision. */
export const mixtureRaw = (dims: number): number => 1 + dims + (dims * (dims + 1)) / 2;

/**
 * Minus log density of theta under a mixture of normal densities, one mixture a sample, one feature:
 *
 *   -log sum_k pi_k det(L_k) exp(-|L_k (theta - m_k)|^2 / 2) (2 pi)^(-D/2)
 *
 * `raw` holds the parameters of `components` components (see kernels/mixture.ts). No gradient by theta.
 */
export function mixtureEnergy(tape: Tape, theta: Tensor, raw: Tensor, components: number): Tensor {
  const { kernels } = tape.engine;
  const dims = theta.features;
  if (raw.features !== components * mixtureRaw(dims))
    throw new Error(`internal: ${raw.features} raw values for ${components} components`);
  if (theta.buffer.needsGradient) throw new Error("internal: a mixture has no gradient by theta");
  for (const tensor of [theta, raw]) {
    requireWhole(tensor);
    tape.markRead(tensor);
  }
  const energy = tape.tensor(1);
  const work = tape.tensor(2 * components);
  const [to, thetaAt, rawAt, workAt] = [energy, theta, raw, work].map(valuePlace);
  const [row, rawRow, workRow] = [32 * dims, 32 * raw.features, 64 * components];
  tape.record({
    forward(first, count) {
      const [q, x] = [to + 32 * first, thetaAt + row * first];
      const [from, scratch] = [rawAt + rawRow * first, workAt + workRow * first];
      kernels.mixtureForward(q, x, from, scratch, dims, components, count);
    },
    backward(plan) {
      const g = plan.gradient(energy);
      const gRaw = plan.contribution(raw);
      if (!gRaw || gRaw.accumulate) throw new Error("internal: raw parameters of a mixture have one reader");
      plan.step((first, count) => {
        const [gTo, gFrom, x] = [gRaw.place + rawRow * first, g + 32 * first, thetaAt + row * first];
        const [from, scratch] = [rawAt + rawRow * first, workAt + workRow * first];
        kernels.mixtureBackward(gTo, gFrom, x, from, scratch, dims, components, count);
      });
    },
  });
  return energy;
}
