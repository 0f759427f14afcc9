import { requireWhole, valuePlace } from "../tape.ts";
import type { Tape, Tensor } from "../tape-types.ts";

/** Minus log density of a standard normal seen through a transform: |z|^2/2 + D/2 log(2 pi) - logDet, one feature. */
export function normalEnergy(tape: Tape, z: Tensor, logDet: Tensor): Tensor {
  const { kernels } = tape.engine;
  const dims = z.features;
  for (const tensor of [z, logDet]) {
    requireWhole(tensor);
    tape.markRead(tensor);
  }
  const energy = tape.tensor(1);
  const [zAt, logDetAt, to] = [z, logDet, energy].map(valuePlace);
  const row = 32 * dims;
  tape.record({
    forward(first, count) {
      kernels.normalEnergy(to + 32 * first, zAt + row * first, logDetAt + 32 * first, dims, count);
    },
    backward(plan) {
      const g = plan.gradient(energy);
      const gz = plan.contribution(z);
      const gl = plan.contribution(logDet);
      if (!gz || !gl) throw new Error("internal: the energy of a tensor without gradient");
      plan.step((first, count) => {
        const [zTo, lTo] = [gz.place + row * first, gl.place + 32 * first];
        // biome-ignore format: one call
        kernels.normalEnergyBackward(zTo, gz.accumulate, lTo, gl.accumulate, g + 32 * first, zAt + row * first, dims, count);
      });
    },
  });
  return energy;
}
