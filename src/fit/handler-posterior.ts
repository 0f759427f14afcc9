import { createEstimator } from "../flow/flow.ts";
import type { FlowWeights } from "../flow/spec.ts";
import { meanDensity } from "../npe/mean-density.ts";
import {
  type AmortisedPosterior,
  amortisedPosterior,
  type ConditionalDensity,
  type PosteriorSpec,
} from "../npe/posterior.ts";
import { type Build, createEngine } from "../tensor/engine.ts";
import { type Handlers, type RankState, simulatorOf } from "./handler-state.ts";

function posteriorOf({ posterior }: RankState) {
  if (posterior === undefined) throw new Error("internal: no posterior is open");
  return posterior;
}

async function flowDensity(weights: FlowWeights, build: Build): Promise<ConditionalDensity> {
  const flow = createEstimator(await createEngine({ build }), weights);
  return {
    sample(x, n, stream) {
      const { theta, logProb } = flow.sample(x, n, stream);
      return { z: Float64Array.from(theta), logProb };
    },
    logProb: (z, x) => flow.logProb(z, x),
  };
}

/** The posterior that some flows have on average, on kernels of its own. */
export async function openedPosterior(
  state: RankState,
  posterior: PosteriorSpec,
  flows: readonly FlowWeights[],
  build: Build,
): Promise<AmortisedPosterior> {
  const density = meanDensity(await Promise.all(flows.map((weights) => flowDensity(weights, build))));
  return amortisedPosterior(posterior, simulatorOf(state).prior.priors, density);
}

export const posteriorHandlers: Pick<Handlers, "posteriorOpen" | "sample" | "logProb"> = {
  async posteriorOpen(state, { posterior, flows, build }) {
    state.posterior = await openedPosterior(state, posterior, flows, build);
    return undefined;
  },
  sample: (state, { counts, seed, first, count }) =>
    posteriorOf(state).sample(counts, count, { seed, name: "posterior", first }),
  logProb: (state, { counts, theta }) => posteriorOf(state).logProb(counts, theta),
};
