import { createTrainer } from "../flow/trainer.ts";
import { baseMap } from "../npe/base.ts";
import { features } from "../npe/features.ts";
import { createEngine } from "../tensor/engine.ts";
import { drawData, noisyFeatures } from "./handler-bank.ts";
import type { Handlers, RankState } from "./handler-state.ts";

function open(state: RankState) {
  if (state.training === undefined) throw new Error("internal: no training is open");
  return state.training;
}

export const trainHandlers: Pick<
  Handlers,
  "trainOpen" | "refresh" | "trainRun" | "validate" | "snapshot" | "restore" | "weights"
> = {
  async trainOpen(state, job) {
    const { memory, build, spec, rows, options } = job;
    const engine = await createEngine({ memory, build });
    const trainer = createTrainer({ engine, spec, rows, options, rank: state.rank, ranks: state.ranks });
    state.training = { trainer, job, base: baseMap(job.base) };
    return undefined;
  },
  refresh(state, noise) {
    const { trainer, job, base } = open(state);
    const { targets: D, features: F } = job.spec;
    if (job.spec.kind === "autoencoder") {
      const counts = drawData(state, noise, job.features.background);
      // Normal estimates of a background may lie below 0; what is reproduced are counts.
      trainer.theta.set(
        counts.map((x) => Math.max(0, x)),
        noise.from * D,
      );
      trainer.x.set(features(job.features, counts), noise.from * F);
      return undefined;
    }
    const x = noisyFeatures(state, noise, job.features);
    const { z } = base.standardise(x, job.targets.subarray(noise.from * D, noise.to * D));
    trainer.theta.set(z, noise.from * D);
    trainer.x.set(x, noise.from * F);
    return undefined;
  },
  trainRun(state, { steps }) {
    const losses = open(state).trainer.run(steps);
    return { loss: losses.reduce((sum, loss) => sum + loss, 0) / steps };
  },
  validate: (state) => open(state).trainer.validationLoss(),
  snapshot(state) {
    open(state).trainer.snapshot();
    return undefined;
  },
  restore(state) {
    open(state).trainer.restore();
    return undefined;
  },
  weights: (state) => open(state).trainer.weights(),
};
