import { InputError } from "../errors.ts";
import { adam, floats, randomKey, shareJobs, type Team } from "../tensor/index.ts";
import { learningRate, type Schedule } from "./schedule.ts";
import type { TrainingOptions } from "./training-options.ts";
import type { TrainingSpace } from "./training-space.ts";

const DEFAULT_SCHEDULE: Schedule = { kind: "constant", rate: 5e-4 };

/**
 * One step of training on this thread: step number t = 0, 1, ... on batch t mod `stepsPerEpoch` of the epoch's order.
 * Returns the mean energy of the batch, the same on all threads.
 *
 *   for each slice:  energies and gradients of this thread's tiles | its blocks of weight gradients |
 *   its part of the parameters |                                     (| is a barrier)
 */
export function createStep(
  space: TrainingSpace,
  team: Team,
  trainingRows: number,
  options: TrainingOptions,
): (t: number) => number {
  const { network, tape, backward, source, batch, slices, order } = space;
  const { engine, store } = network;
  const { kernels, memory } = engine;
  const { schedule = DEFAULT_SCHEDULE, seed } = options;
  const optimiser = adam(engine, store, team, options.adam);
  const [first, last] = team.range(tape.tiles);
  const share = shareJobs(backward.jobs, team.rank, team.ranks);
  const stepsPerEpoch = Math.floor(trainingRows / batch);
  const rowsPerSlice = 8 * tape.tiles;

  const shuffle = (epoch: number): void => {
    const { key0, key1, c2, c3 } = randomKey(seed, "flow.batches", epoch);
    if (team.rank === 0) kernels.shuffle(order, trainingRows, 0, c2, c3, key0, key1);
    team.barrier();
  };
  /** Sum of the energies of the rows start..start + n of the epoch's order; their part of the gradients. */
  const slice = (start: number, n: number, accumulate: boolean): number => {
    const weights = floats(memory, space.seed, rowsPerSlice).subarray(8 * first, 8 * last);
    weights.fill(0).fill(1 / batch, 0, Math.max(0, n - 8 * first));
    source.index = order + 4 * start;
    tape.forward(first, last - first);
    backward.run(first, last - first);
    team.barrier();
    const sum = total(floats(memory, space.energies, n));
    for (const { job, first: block, last: end } of share) job.run(block, end, accumulate);
    team.barrier();
    return sum;
  };
  return (t) => {
    const inEpoch = t % stepsPerEpoch;
    if (inEpoch === 0) shuffle(t / stepsPerEpoch);
    let sum = 0;
    for (let i = 0; i < slices; i++) {
      const n = Math.min(rowsPerSlice, batch - i * rowsPerSlice);
      sum += slice(batch * inEpoch + i * rowsPerSlice, n, i > 0);
    }
    if (Number.isNaN(sum)) throw diverged(t);
    optimiser.update(t + 1, learningRate(schedule, t));
    team.barrier();
    return sum / batch;
  };
}

export function total(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

const diverged = (t: number): InputError =>
  new InputError(
    `training diverged: the loss of step ${t + 1} is not a number. Are all inputs finite? If so, lower the learning rate`,
  );
