import { initNested, stepNested } from "../sample/nested.ts";
import type { NestedProblem, NestedState } from "../sample/nested-types.ts";
import { type Handlers, type RankState, simulatorOf } from "./handler-state.ts";
import type { Simulator } from "./simulator.ts";

function problemOf(simulator: Simulator): NestedProblem {
  const { dimensions: dimension, prior, logLike } = simulator;
  return {
    dimension,
    transform: prior.transform,
    logLike: (theta) => logLike(theta)[0],
    logLikes: (out, theta, n) => out.set(logLike(theta.subarray(0, n * dimension))),
  };
}

function runOf(state: RankState, run: number): NestedState {
  const found = state.nestedRuns.get(run);
  if (found === undefined) throw new Error(`internal: nested run ${run} is not open`);
  return found;
}

export const nestedHandlers: Pick<Handlers, "nestedOpen" | "nestedRestore" | "nestedStep" | "nestedState"> = {
  nestedOpen(state, { run, livePoints, seed }) {
    state.nestedRuns.set(run, initNested(problemOf(simulatorOf(state)), { livePoints, seed, run }));
    return undefined;
  },
  nestedRestore(state, { run, state: earlier }) {
    state.nestedRuns.set(run, earlier);
    return undefined;
  },
  nestedStep(state, { run, iterations }) {
    const { logZ, remaining, evaluations, done } = stepNested(
      runOf(state, run),
      problemOf(simulatorOf(state)),
      iterations,
    );
    return { logZ, remaining, evaluations, done };
  },
  nestedState: (state, { run }) => runOf(state, run),
};
