import {
  createTeam,
  type Engine,
  floats,
  measuringEngine,
  TEAM_PLACE,
  type Team,
  words,
} from "../tensor/index.ts";
import { atomGroups, atomStream } from "./atoms.ts";
import type { NetworkSpec, NetworkWeights } from "./spec.ts";
import type { TrainingOptions, TrainingRows } from "./training-options.ts";
import { clearNext, fillSpace, placeTraining, type TrainingSpace } from "./training-space.ts";
import { createStep, total } from "./training-step.ts";
import { getWeights, initialWeights } from "./weights.ts";

export interface TrainerInput<S extends NetworkSpec = NetworkSpec> {
  readonly engine: Engine;
  readonly spec: S;
  readonly rows: TrainingRows;
  readonly options: TrainingOptions;
  /** This thread's number among `ranks` threads on one shared memory (default: alone). */
  readonly rank?: number;
  readonly ranks?: number;
}

/**
 * Maximum-likelihood training: minimises the mean of -log q(theta | x) over the training rows.
 *
 * Every thread of a team makes a trainer with equal arguments on its own engine over the same shared memory, and all call
 * the same methods in the same order; they return the same values on all. The result is the same, bit for bit, for any
 * number of threads: a thread computes whole tiles of samples, whole blocks of weight gradients and its own range of
 * parameters, and every sum is taken whole, in one order, by one of them.
 */
export interface Trainer<S extends NetworkSpec = NetworkSpec> {
  readonly spec: S;
  readonly team: Team;
  /** (N, D) and (N, F), row-major, in the engine's memory: fill before the first step, refill between runs.
   * Views: ask for them anew after anything else was placed on an unshared memory, which may have grown. */
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
  weights(): NetworkWeights<S>;
}

/** Bytes of memory that a trainer needs, whatever the number of threads (for `createMemory`). */
export function requiredBytes(spec: NetworkSpec, rows: TrainingRows, options: TrainingOptions): number {
  const { engine, bytes } = measuringEngine();
  placeTraining(engine, spec, rows, options, false);
  return bytes();
}

/** See `Trainer`. Errors: the memory is shared and too small (see `requiredBytes`). */
export function createTrainer<S extends NetworkSpec>({
  engine,
  spec,
  rows,
  options,
  rank = 0,
  ranks = 1,
}: TrainerInput<S>): Trainer<S> {
  const { memory } = engine;
  const team = createTeam(memory, TEAM_PLACE, rank, ranks);
  const leader = rank === 0;
  if (leader) clearNext(engine, requiredBytes(spec, rows, options));
  const space = placeTraining(engine, spec, rows, options, leader);
  const start = options.initial ?? initialWeights(spec, options.seed);
  if (leader) fillSpace(space, rows, start);
  team.barrier();

  const { network, best } = space;
  const { values, length } = network.store;
  const step = createStep(space, team, rows.training, options);
  const count = rows.training + rows.validation;
  let steps = 0;
  const copy = (to: number, from: number): void => {
    const [first, last] = team.range(length);
    floats(memory, to, length).set(floats(memory, from, length).subarray(first, last), first);
    team.barrier();
  };
  return {
    spec,
    team,
    get theta() {
      return floats(memory, space.theta, count * spec.targets);
    },
    get x() {
      return floats(memory, space.x, count * spec.features);
    },
    stepsPerEpoch: Math.floor(rows.training / space.batch),
    get steps() {
      return steps;
    },
    run: (n) => Float64Array.from({ length: n }, () => step(steps++)),
    validationLoss: () =>
      options.atomic
        ? heldOutAtoms(space, team, rows, options)
        : validationLoss(space, team, rows.validation),
    snapshot: () => copy(best, values),
    restore: () => copy(values, best),
    weights: () => getWeights({ ...network, spec }, start.permutations),
  };
}

/** Mean atomic loss of the validation rows, with the same atoms every time. */
function heldOutAtoms(
  space: TrainingSpace,
  team: Team,
  rows: TrainingRows,
  { atomic, seed }: TrainingOptions,
): number {
  if (atomic === undefined) throw new Error("internal: no atomic loss");
  const { tape, groupSize = 2, rowsPerSlice } = space;
  const M = Math.min(groupSize, rows.validation);
  const groups = atomGroups(space, team, atomic, M);
  const chosen = words(tape.engine.memory, space.validation, rows.validation);
  const [first, last] = team.range(tape.tiles);
  const rng = atomStream(seed, "validation");
  let sum = 0;
  for (let from = 0; from < rows.validation; from += rowsPerSlice) {
    const n = Math.min(rowsPerSlice, rows.validation - from);
    if (team.rank === 0) groups.place(chosen, from, n, rng);
    team.barrier();
    tape.forward(first, last - first);
    team.barrier();
    sum += groups.weigh(n, 0);
    team.barrier();
  }
  return sum / rows.validation;
}

function validationLoss(space: TrainingSpace, team: Team, rows: number): number {
  const { tape, source, held } = space;
  const { memory } = tape.engine;
  const [firstTile, lastTile] = team.range(tape.tiles);
  const all = Math.ceil(rows / 8);
  for (let tile = 0; tile < all; tile += tape.tiles) {
    // Always this thread's own tiles: the others may still be busy with the chunk before.
    const [first, last] = [firstTile, lastTile].map((edge) => Math.min(edge, all - tile));
    source.index = space.validation + 32 * tile;
    tape.forward(first, last - first);
    const energies = floats(memory, space.energies + 32 * first, 8 * (last - first));
    floats(memory, held, 8 * all).set(energies, 8 * (tile + first));
  }
  team.barrier();
  const loss = total(floats(memory, held, rows)) / rows;
  team.barrier();
  return loss;
}
