import { InputError } from "../errors.ts";
import {
  type Backward,
  clearStore,
  createTape,
  type Engine,
  floats,
  gather,
  type Tape,
  words,
} from "../tensor/index.ts";
import { atomCount } from "./atom-count.ts";
import { createNetwork, energy } from "./network.ts";
import type { Network } from "./network-type.ts";
import type { NetworkSpec, NetworkWeights } from "./spec.ts";
import type { TrainingOptions, TrainingRows } from "./training-options.ts";
import { setWeights } from "./weights.ts";

/** Samples that go through the network at once. A larger batch is cut into equal slices, whose data stay in the cache. */
const SLICE = 256;

/** Everything a trainer keeps in memory, at places that depend on its arguments alone. */
export interface TrainingSpace {
  readonly network: Network;
  /** From the rows that `source.index` points at to their energies at `energies`, one slice at a time. */
  readonly tape: Tape;
  readonly backward: Backward;
  readonly source: { index: number };
  /** Rows whose theta goes with the x of `source`: the same object but for an atomic loss. */
  readonly atoms: { index: number };
  /** Atoms a group, where the loss is atomic, and rows or groups a slice. */
  readonly groupSize?: number;
  readonly rowsPerSlice: number;
  readonly energies: number;
  /** Weight of each row of a slice in the loss. */
  readonly seed: number;
  readonly batch: number;
  readonly slices: number;
  /** Row numbers: the epoch's order of the training rows, and the validation rows. */
  readonly order: number;
  readonly validation: number;
  readonly theta: number;
  readonly x: number;
  /** Room for the energies of all validation rows, and for the best weights. */
  readonly held: number;
  readonly best: number;
}

/** Finds room for a trainer in the engine's arena; of its contents, only masks and their tables are written, if `write`. */
export function placeTraining(
  engine: Engine,
  spec: NetworkSpec,
  rows: TrainingRows,
  options: TrainingOptions,
  write: boolean,
): TrainingSpace {
  if (rows.training < 1) throw new InputError("training needs at least one simulation, none is left");
  const { arena } = engine;
  const count = rows.training + rows.validation;
  const batch = Math.min(options.batch ?? 200, rows.training);
  const { atomic } = options;
  const M = atomic && atomCount(atomic.atoms, batch);
  const perSlice = M === undefined ? SLICE : Math.max(1, Math.floor(SLICE / M));
  const slices = Math.ceil(batch / perSlice);
  const tiles = Math.ceil(((M ?? 1) * Math.ceil(batch / slices)) / 8);
  const rowsPerSlice = M === undefined ? 8 * tiles : Math.ceil(batch / slices);
  const spare = 8 * tiles * slices; // row numbers beyond the last, read by slices that are not full
  const network = createNetwork(engine, spec, { training: true, write });
  const places = {
    order: arena.floats(rows.training + spare),
    validation: arena.floats(rows.validation + spare),
    theta: arena.floats(count * spec.targets),
    x: arena.floats(count * spec.features),
    held: arena.floats(rows.validation + 8),
    best: arena.floats(network.store.length),
    seed: arena.floats(8 * tiles),
  };
  const pairs = { index: M === undefined ? 0 : arena.floats(8 * tiles) };
  const tape = createTape(engine, tiles);
  const source = { index: M === undefined ? 0 : arena.floats(8 * tiles) };
  const atoms = M === undefined ? source : pairs;
  const theta = gather(tape, spec.targets, { data: places.theta, source: atoms });
  const out = energy(tape, network, theta, gather(tape, spec.features, { data: places.x, source }));
  const backward = tape.backward(out, places.seed);
  const energies = out.buffer.place;
  const cut = { batch, slices, rowsPerSlice, ...(M !== undefined && { groupSize: M }) };
  return { ...places, network, tape, backward, source, atoms, energies, ...cut };
}

/** Sets weights and row numbers, on memory that is zero but for the tables. */
export function fillSpace(space: TrainingSpace, rows: TrainingRows, weights: NetworkWeights): void {
  const { engine, store } = space.network;
  clearStore(engine, store);
  setWeights(space.network, weights);
  const numbers = words(engine.memory, space.validation, rows.validation);
  for (let i = 0; i < rows.validation; i++) numbers[i] = rows.training + i;
}

/** Zeroes the memory that the arena hands out next, growing it first if it must. */
export function clearNext({ arena, memory }: Engine, bytes: number): void {
  const mark = arena.mark();
  const start = arena.floats(bytes / 4);
  floats(memory, start, bytes / 4).fill(0);
  arena.release(mark);
}
