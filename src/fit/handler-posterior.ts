import { createFlow } from "../flow/flow.ts";
import { amortisedPosterior } from "../npe/posterior.ts";
import { createEngine } from "../tensor/engine.ts";
import { type Handlers, type RankState, simulatorOf } from "./handler-state.ts";

function posteriorOf({ posterior }: RankState) {
  if (posterior === undefined) throw new Error("internal: no posterior is open");
  return posterior;
}

export const posteriorHandlers: Pick<Handlers, "posteriorOpen" | "sample" | "logProb"> = {
  async posteriorOpen(state, { posterior, flow: weights, build }) {
    const engine = await createEngine({ build });
    const flow = createFlow(engine, weights);
    const density = {
      sample: (x: Float64Array, n: number, stream: { seed: number; name: string; first: number }) => {
        const { theta, logProb } = flow.sample(x, n, stream);
        return { z: Float64Array.from(theta), logProb };
      },
      logProb: (z: Float64Array, x: Float64Array) => flow.logProb(z, x),
    };
    state.posterior = amortisedPosterior(posterior, simulatorOf(state).prior.priors, density);
    return undefined;
  },
  sample: (state, { counts, seed, first, count }) =>
    posteriorOf(state).sample(counts, count, { seed, name: "posterior", first }),
  logProb: (state, { counts, theta }) => posteriorOf(state).logProb(counts, theta),
};
