import { InputError } from "../errors.ts";
import {
  type AdamOptions,
  adam,
  clearStore,
  createTape,
  createTeam,
  type Engine,
  floats,
  gather,
  measuringEngine,
  randomKey,
  shareJobs,
  TEAM_PLACE,
  type Team,
  words,
} from "../tensor/index.ts";
import { createNetwork, energy } from "./network.ts";
import { learningRate, type Schedule } from "./schedule.ts";
import type { FlowSpec, FlowWeights } from "./spec.ts";
import { getWeights, initialWeights, setWeights } from "./weights.ts";

export interface TrainingOptions {
  /** Samples a step (200, as sbi 0.27; 50 in sbi 0.22). At most the number of training rows. */
  readonly batch?: number;
  readonly schedule?: Schedule;
  readonly adam?: AdamOptions;
  /** Of the initial weights, the permutations and the order of the batches. */
  readonly seed: number;
  /** Weights to start from, in place of random ones. */
  readonly initial?: FlowWeights;
}

/** The data hold the training rows first, then the validation rows. */
export interface TrainingRows {
  readonly training: number;
  readonly validation: number;
}

export interface TrainerInput {
  readonly engine: Engine;
  readonly spec: FlowSpec;
  readonly rows: TrainingRows;
  readonly options: TrainingOptions;
  /** This thread's number among `ranks` threads on one shared memory (default: alone). */
  readonly rank?: number;
  readonly ranks?: number;
}

/**
 * Maximum-likelihood training of a flow: minimises the mean of -log q(theta | x) over the training rows.
 *
 * Every thread of a team makes a trainer with equal arguments on its own engine over the same shared memory, and all call
 * the same methods in the same order; they return the same values on all. The result is the same, bit for bit, for any
 * number of threads: a thread computes whole tiles of samples, whole blocks of weight gradients and its own range of
 * parameters, and every sum is taken whole, in one order, by one of them.
 */
export interface Trainer {
  readonly spec: FlowSpec;
  readonly team: Team;
  /** (N, D) and (N, F), row-major, in the engine's memory: fill before the first step, refill between runs. */
  readonly theta: Float32Array;
  readonly x: Float32Array;
  readonly stepsPerEpoch: number;
  /** Steps done. */
  readonly steps: number;
  /**
   * Trains for `n` steps. Returns each step's mean -log q over its batch before the update. A last batch that is not full
   * is left out of an epoch; every epoch has its own order. Errors: the loss is no number.
   */
  run(n: number): Float64Array;
  /** Mean of -log q over the validation rows, summed in float64; NaN without validation rows. */
  validationLoss(): number;
  /** Keeps the present weights, and brings the kept ones back. */
  snapshot(): void;
  restore(): void;
  /** The present weights as plain data. */
  weights(): FlowWeights;
}

const DEFAULT_SCHEDULE: Schedule = { kind: "constant", rate: 5e-4 };

/** Bytes of memory that a trainer needs, whatever the number of threads (for `createMemory`). */
export function requiredBytes(spec: FlowSpec, rows: TrainingRows, options: TrainingOptions): number {
  const { engine, bytes } = measuringEngine();
  place(engine, spec, rows, options, false);
  return bytes();
}

/** See `Trainer`. Errors: the memory is shared and too small (see `requiredBytes`). */
export function createTrainer({ engine, spec, rows, options, rank = 0, ranks = 1 }: TrainerInput): Trainer {
  const { memory, kernels } = engine;
  const team = createTeam(memory, TEAM_PLACE, rank, ranks);
  const leader = rank === 0;
  if (leader) clear(engine, requiredBytes(spec, rows, options));
  const parts = place(engine, spec, rows, options, leader);
  const { network, tape, backward, batch, tiles, source, sources, held, best, energyPlace } = parts;
  const { store } = network;
  const start = options.initial ?? initialWeights(spec, options.seed);
  if (leader) {
    clearStore(engine, store);
    setWeights(network, start);
    words(memory, sources.validation, rows.validation).set(
      Array.from({ length: rows.validation }, (_, i) => rows.training + i),
    );
    floats(memory, parts.seedPlace, 8 * tiles).fill(1 / batch, 0, batch);
  }
  team.barrier();

  const optimiser = adam(engine, store, team, options.adam);
  const schedule = options.schedule ?? DEFAULT_SCHEDULE;
  const [firstTile, lastTile] = team.range(tiles);
  const share = shareJobs(backward.jobs, rank, ranks);
  const stepsPerEpoch = Math.floor(rows.training / batch);
  const count = rows.training + rows.validation;
  let steps = 0;

  const shuffle = (epoch: number): void => {
    const { key0, key1, c2, c3 } = randomKey(options.seed, "flow.batches", epoch);
    if (leader) kernels.shuffle(sources.training, rows.training, 0, c2, c3, key0, key1);
    team.barrier();
  };
  const step = (): number => {
    const inEpoch = steps % stepsPerEpoch;
    if (inEpoch === 0) shuffle(steps / stepsPerEpoch);
    source.index = sources.training + 4 * batch * inEpoch;
    tape.forward(firstTile, lastTile - firstTile);
    backward.run(firstTile, lastTile - firstTile);
    team.barrier();
    const loss = mean(floats(memory, energyPlace, batch));
    for (const { job, first, last } of share) job.run(first, last);
    if (Number.isNaN(loss)) throw diverged(steps);
    team.barrier();
    optimiser.update(steps + 1, learningRate(schedule, steps));
    steps++;
    team.barrier();
    return loss;
  };
  const copy = (to: number, from: number): void => {
    const [first, last] = team.range(store.length);
    floats(memory, to, store.length).set(floats(memory, from, store.length).subarray(first, last), first);
    team.barrier();
  };
  return {
    spec,
    team,
    get theta() {
      return floats(memory, sources.theta, count * spec.targets);
    },
    get x() {
      return floats(memory, sources.x, count * spec.features);
    },
    stepsPerEpoch,
    get steps() {
      return steps;
    },
    run: (n) => Float64Array.from({ length: n }, step),
    validationLoss() {
      const all = Math.ceil(rows.validation / 8);
      for (let tile = 0; tile < all; tile += tiles) {
        // Always this thread's own tiles: the others may still be busy with the chunk before.
        const [first, last] = [firstTile, lastTile].map((edge) => Math.min(edge, all - tile));
        source.index = sources.validation + 32 * tile;
        tape.forward(first, last - first);
        const energies = floats(memory, energyPlace + 32 * first, 8 * (last - first));
        floats(memory, held, 8 * all).set(energies, 8 * (tile + first));
      }
      team.barrier();
      const loss = mean(floats(memory, held, rows.validation));
      team.barrier();
      return loss;
    },
    snapshot: () => copy(best, store.values),
    restore: () => copy(store.values, best),
    weights: () => getWeights(network, start.permutations),
  };
}

/** Everything a trainer keeps in memory, in an order that depends on its arguments alone. Writes tables only. */
function place(engine: Engine, spec: FlowSpec, rows: TrainingRows, options: TrainingOptions, write: boolean) {
  const { arena } = engine;
  const count = rows.training + rows.validation;
  const batch = Math.min(options.batch ?? 200, rows.training);
  const tiles = Math.ceil(batch / 8);
  if (rows.training < 1) throw new InputError("training needs at least one simulation, none is left");
  const network = createNetwork(engine, spec, { training: true, write });
  const sources = {
    training: arena.floats(rows.training + 8),
    validation: arena.floats(rows.validation + 8),
    theta: arena.floats(count * spec.targets),
    x: arena.floats(count * spec.features),
  };
  const held = arena.floats(rows.validation + 8);
  const best = arena.floats(network.store.length);
  const seedPlace = arena.floats(8 * tiles);
  const tape = createTape(engine, tiles);
  const source = { index: 0 };
  const column = (data: number) => ({
    data,
    get index() {
      return source.index;
    },
  });
  const theta = gather(tape, spec.targets, column(sources.theta));
  const x = gather(tape, spec.features, column(sources.x));
  const out = energy(tape, network, theta, x);
  const backward = tape.backward(out, seedPlace);
  const energyPlace = out.buffer.place;
  return { network, tape, backward, batch, tiles, source, sources, held, best, seedPlace, energyPlace };
}

/** Zeroes the memory that the arena hands out next, growing it first if it must. */
function clear({ arena, memory }: Engine, bytes: number): void {
  const mark = arena.mark();
  const start = arena.floats(bytes / 4);
  new Uint8Array(memory.buffer, start, bytes).fill(0);
  arena.release(mark);
}

function mean(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

const diverged = (step: number): InputError =>
  new InputError(
    `training diverged: the loss of step ${step + 1} is not a number. Are all inputs finite? If so, lower the learning rate`,
  );
