import { defineTable } from "../model/registry.ts";
import { withPriorLike } from "./classical-prior.ts";
import { bankHandlers } from "./handler-bank.ts";
import { checkHandlers } from "./handler-check.ts";
import { classicalHandlers } from "./handler-classical.ts";
import { mcmcHandlers } from "./handler-mcmc.ts";
import { nestedHandlers } from "./handler-nested.ts";
import { posteriorHandlers } from "./handler-posterior.ts";
import { regionHandlers } from "./handler-region.ts";
import { type Handlers, type RankState, simulatorOf } from "./handler-state.ts";
import { trainHandlers } from "./handler-train.ts";
import type { Job } from "./jobs.ts";
import { polish } from "./polish.ts";
import { createSimulator } from "./simulator.ts";

const handlers: Handlers = {
  open(state, { problem }) {
    problem.tables?.forEach(defineTable);
    state.problem = problem;
    state.simulator = createSimulator(problem);
    delete state.nearby;
    return undefined;
  },
  observe(state, { data }) {
    simulatorOf(state).observe(data);
    // the cheap likelihood would still be that of the problem's own data
    state.nearby = { likelihood: undefined };
    return undefined;
  },
  mu: (state, { theta }) => simulatorOf(state).mu(theta),
  logLike: (state, { theta, counts }) => simulatorOf(state).logLike(theta, counts),
  polish(state, { start, sd, counts, bayes }) {
    const simulator = simulatorOf(state);
    return polish(bayes ? withPriorLike(simulator) : simulator, simulator.prior, start, sd, counts);
  },
  ...bankHandlers,
  ...trainHandlers,
  ...posteriorHandlers,
  ...regionHandlers,
  ...nestedHandlers,
  ...classicalHandlers,
  ...mcmcHandlers,
  ...checkHandlers,
};

/** Does jobs one after the other, remembering what they leave. */
export function createHandler(rank: number, ranks: number): (job: Job) => unknown {
  const state: RankState = { rank, ranks, nestedRuns: new Map(), ensembles: new Map() };
  return (job) => {
    const handler = handlers[job.kind] as (state: RankState, job: Job) => unknown;
    return handler(state, job);
  };
}
