import type { JointPrior } from "../prior/types.ts";
import type { TestDraws, TestJob } from "./check-job.ts";
import { type Handlers, type RankState, simulatorOf } from "./handler-state.ts";
import { pickRows, rowsInside } from "./inside-prior.ts";
import type { Simulator } from "./simulator.ts";

/** Rows folded at once, which bounds the memory. */
const BATCH = 256;

function test(
  state: RankState,
  { counts, truth, seed, first, count, likelihood, restricted }: TestJob,
): TestDraws {
  const simulator = simulatorOf(state);
  const { posterior } = state;
  if (posterior === undefined) throw new Error("internal: no posterior is open");
  const { prior, dimensions: D } = simulator;
  const drawn = posterior.sample(counts, count, { seed, name: "check", first });
  const theta = new Float64Array((count + 1) * D);
  theta.set(drawn.theta);
  theta.set(truth, count * D);
  const logProb = new Float64Array(count + 1);
  logProb.set(drawn.logProb);
  logProb.set(posterior.logProb(counts, truth), count);
  const { total, logLike } = folded(simulator, prior, theta, likelihood ? counts : undefined);
  if (restricted) {
    const { region } = state;
    if (region === undefined) throw new Error("internal: no region is open");
    region.contains(theta).forEach((holds, m) => {
      if (holds === 0) total[m] = Number.NaN;
    });
  }
  return { theta, logProb, total, ...(logLike && { logLike }) };
}

/** Expected totals and, where counts are given, ln likelihoods of the rows inside the prior. */
function folded(simulator: Simulator, prior: JointPrior, theta: Float64Array, counts?: Float64Array) {
  const { dimensions: D, bins: C } = simulator;
  const rows = theta.length / D;
  const total = new Float64Array(rows).fill(Number.NaN);
  const logLike = counts && new Float64Array(rows).fill(Number.NEGATIVE_INFINITY);
  const inside = rowsInside(theta, prior);
  for (let from = 0; from < inside.length; from += BATCH) {
    const some = inside.slice(from, from + BATCH);
    const mu = simulator.mu(pickRows(theta, some, D));
    const values = counts && simulator.logLikeOf(mu, counts);
    some.forEach((row, i) => {
      let sum = 0;
      for (let c = 0; c < C; c++) sum += mu[i * C + c];
      total[row] = sum;
      if (logLike && values) logLike[row] = values[i];
    });
  }
  return { total, logLike };
}

export const checkHandlers: Pick<Handlers, "test"> = { test };
