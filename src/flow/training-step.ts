import { InputError } from "../errors.ts";
import type { Rng } from "../math/rng.ts";
import { adam, floats, randomKey, shareJobs, type Team, words } from "../tensor/index.ts";
import { type AtomGroups, atomGroups, atomStream } from "./atoms.ts";
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
  const { rowsPerSlice, groupSize: M } = space;
  const { atomic } = options;
  const groups = atomic && M !== undefined ? atomGroups(space, team, atomic, M) : undefined;

  const shuffle = (epoch: number): void => {
    const { key0, key1, c2, c3 } = randomKey(seed, "flow.batches", epoch);
    if (team.rank === 0) kernels.shuffle(order, trainingRows, 0, c2, c3, key0, key1);
    team.barrier();
  };
  /** Sum of the losses of the rows start..start + n of the epoch's order; their part of the gradients. */
  const slice = (start: number, n: number, accumulate: boolean): number => {
    const weights = floats(memory, space.seed, 8 * tape.tiles).subarray(8 * first, 8 * last);
    weights.fill(0).fill(1 / batch, 0, Math.max(0, n - 8 * first));
    source.index = order + 4 * start;
    tape.forward(first, last - first);
    backward.run(first, last - first);
    team.barrier();
    const sum = total(floats(memory, space.energies, n));
    gradients(accumulate);
    return sum;
  };
  const gradients = (accumulate: boolean): void => {
    for (const { job, first: block, last: end } of share) job.run(block, end, accumulate);
    team.barrier();
  };
  /** The same for groups of atoms: the weights of a group's rows depend on the energies of all of them. */
  const atomicSlice = (of: AtomGroups, chosen: Uint32Array, from: number, n: number, rng: Rng): number => {
    if (team.rank === 0) of.place(chosen, from, n, rng);
    team.barrier();
    tape.forward(first, last - first);
    team.barrier();
    const sum = of.weigh(n, 1 / batch);
    backward.run(first, last - first);
    team.barrier();
    gradients(from > 0);
    return sum;
  };
  return (t) => {
    const inEpoch = t % stepsPerEpoch;
    if (inEpoch === 0) shuffle(t / stepsPerEpoch);
    let sum = 0;
    const rng = groups && atomStream(seed, t);
    const chosen = words(memory, order + 4 * batch * inEpoch, batch);
    for (let i = 0; i < slices; i++) {
      const from = i * rowsPerSlice;
      const n = Math.min(rowsPerSlice, batch - from);
      sum +=
        groups && rng ? atomicSlice(groups, chosen, from, n, rng) : slice(batch * inEpoch + from, n, i > 0);
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
