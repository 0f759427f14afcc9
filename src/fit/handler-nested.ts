import { initNested, stepNested } from "../sample/nested.ts";
import type { NestedProblem, NestedState } from "../sample/nested-types.ts";
import { type Handlers, problemOf as openProblem, type RankState, simulatorOf } from "./handler-state.ts";
import { nearbyLikelihood } from "./nearby-likelihood.ts";

function problemOf(state: RankState): NestedProblem {
  const simulator = simulatorOf(state);
  const { dimensions: dimension, prior, logLike } = simulator;
  state.nearby ??= { likelihood: nearbyLikelihood(openProblem(state), simulator) };
  const { likelihood } = state.nearby;
  return {
    dimension,
    transform: prior.transform,
    logLike: (theta) => logLike(theta)[0],
    logLikes: (out, theta, n) => out.set(logLike(theta.subarray(0, n * dimension))),
    ...(likelihood && { nearby: likelihood }),
  };
}

function runOf(state: RankState, run: number): NestedState {
  const found = state.nestedRuns.get(run);
  if (found === undefined) throw new Error(`internal: nested run ${run} is not open`);
  return found;
}

export const nestedHandlers: Pick<Handlers, "nestedOpen" | "nestedRestore" | "nestedStep" | "nestedState"> = {
  nestedOpen(state, { run, livePoints, seed }) {
    state.nestedRuns.set(run, initNested(problemOf(state), { livePoints, seed, run }));
    return undefined;
  },
  nestedRestore(state, { run, state: earlier }) {
    state.nestedRuns.set(run, earlier);
    return undefined;
  },
  nestedStep(state, { run, iterations }) {
    const { logZ, remaining, evaluations, done } = stepNested(
      runOf(state, run),
      problemOf(state),
      iterations,
    );
    return { logZ, remaining, evaluations, done };
  },
  nestedState: (state, { run }) => runOf(state, run),
};
