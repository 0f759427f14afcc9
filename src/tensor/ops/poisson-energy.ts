import { requireWhole, valuePlace } from "../tape.ts";
import type { Tape, Tensor } from "../tape-types.ts";

/**
 * Minus the Poisson log-likelihood of counts x under rates exp(r), times `scale`, without its part in the counts alone; one feature:
 *
 *   scale sum_c exp(r_c) - x_c r_c        (half the C-statistic, but for a constant of the counts)
 */
export function poissonEnergy(tape: Tape, logRate: Tensor, counts: Tensor, scale: number): Tensor {
  const { kernels } = tape.engine;
  const bins = logRate.features;
  if (counts.features !== bins) throw new Error(`internal: ${counts.features} counts for ${bins} rates`);
  if (counts.buffer.needsGradient) throw new Error("internal: a likelihood has no gradient by the counts");
  for (const tensor of [logRate, counts]) {
    requireWhole(tensor);
    tape.markRead(tensor);
  }
  const energy = tape.tensor(1);
  const [to, rAt, xAt] = [energy, logRate, counts].map(valuePlace);
  const row = 32 * bins;
  tape.record({
    forward(first, count) {
      kernels.poissonEnergy(to + 32 * first, rAt + row * first, xAt + row * first, bins, scale, count);
    },
    backward(plan) {
      const g = plan.gradient(energy);
      const gr = plan.contribution(logRate);
      if (!gr || gr.accumulate) throw new Error("internal: the rates of a likelihood have one reader");
      plan.step((first, count) => {
        const [gTo, gFrom] = [gr.place + row * first, g + 32 * first];
        kernels.poissonEnergyBackward(gTo, gFrom, rAt + row * first, xAt + row * first, bins, scale, count);
      });
    },
  });
  return energy;
}
