import { type EnsembleState, initEnsemble, stepEnsemble } from "../sample/ensemble.ts";
import { type Handlers, type RankState, simulatorOf } from "./handler-state.ts";
import { chainTarget } from "./mcmc-target.ts";

function ensembleOf(state: RankState, run: number): EnsembleState {
  const found = state.ensembles.get(run);
  if (found === undefined) throw new Error(`internal: ensemble ${run} is not open`);
  return found;
}

export const mcmcHandlers: Pick<Handlers, "mcmcOpen" | "mcmcStep" | "mcmcState"> = {
  mcmcOpen(state, { run, seed, start, state: earlier }) {
    const simulator = simulatorOf(state);
    const fresh = () => initEnsemble(chainTarget(simulator), start, simulator.dimensions, { seed, run });
    state.ensembles.set(run, earlier ?? fresh());
    return undefined;
  },
  mcmcStep(state, { run, steps }) {
    const ensemble = ensembleOf(state, run);
    const target = chainTarget(simulatorOf(state));
    const size = ensemble.theta.length;
    const x = new Float64Array(steps * size);
    const logDensity = new Float64Array(steps * ensemble.walkers);
    for (let i = 0; i < steps; i++) {
      stepEnsemble(ensemble, target);
      x.set(ensemble.theta, i * size);
      logDensity.set(ensemble.logDensity, i * ensemble.walkers);
    }
    const { proposed, accepted } = ensemble;
    return { x, logDensity, proposed, accepted };
  },
  mcmcState: (state, { run }) => ensembleOf(state, run),
};
