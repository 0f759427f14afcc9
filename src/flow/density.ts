import {
  createTape,
  type Engine,
  floats,
  gather,
  normalEnergy,
  type Parameter,
  valuePlace,
  words,
} from "../tensor/index.ts";
import { contextOf, flowEnergy, transformed } from "./autoregressive.ts";
import { type Numbers, wrongLength } from "./estimator.ts";
import type { Network } from "./network-type.ts";
import type { AutoregressiveSpec } from "./spec.ts";

/** 256 samples: the working set of a chunk stays in the cache. */
export const TILES = 32;

/** What one x adds to the first pre-activations of every layer, as a bias; kept until x changes. */
export function createContext(network: Network<AutoregressiveSpec>): {
  readonly layers: readonly Parameter[];
  set(x: Numbers): void;
} {
  const { engine, spec, parameter } = network;
  const { arena, memory } = engine;
  const tape = createTape(engine, 1);
  const data = arena.floats(spec.features);
  const index = arena.floats(8);
  const width = spec.layers * spec.hidden;
  const sums = arena.floats(width);
  const out = contextOf(tape, network, gather(tape, spec.features, { data, source: { index } }));
  const layers = Array.from({ length: spec.layers }, (_, l): Parameter => {
    return { ...parameter("context.bias"), columns: spec.hidden, value: sums + 4 * l * spec.hidden };
  });
  words(memory, index, 8).fill(0);
  return {
    layers,
    set(x) {
      if (x.length !== spec.features) throw wrongLength("x", x.length, `${spec.features}`);
      floats(memory, data, spec.features).set(x);
      tape.forward(0, 1);
      const tile = floats(memory, valuePlace(out), 8 * width);
      const lane = floats(memory, sums, width);
      for (let j = 0; j < width; j++) lane[j] = tile[8 * j];
    },
  };
}

/** Chunks of densities: up to 8 TILES rows. The results are places that the next call overwrites. */
export interface Density {
  run(theta: Numbers, x: Numbers, count: number): { energy: Float32Array; z: number };
  /** Row numbers 0, 1, ... */
  readonly order: number;
}

/** log q of many theta for the one x of `context`. */
export function createDensityGiven(
  network: Network<AutoregressiveSpec>,
  context: readonly Parameter[],
): Density {
  const { engine, spec } = network;
  const input = createInput(engine, spec.targets);
  const tape = createTape(engine, TILES);
  const theta = gather(tape, spec.targets, input);
  const { z, logDet } = transformed(tape, network, theta, (l) => ({ bias: context[l] }));
  const out = valuePlace(normalEnergy(tape, z, logDet));
  return {
    order: input.source.index,
    run(values, _, count) {
      input.set(values);
      tape.forward(0, Math.ceil(count / 8));
      return { energy: floats(engine.memory, out, count), z: valuePlace(z) };
    },
  };
}

/** log q of rows of theta and x. */
export function createDensityEach(network: Network<AutoregressiveSpec>): Density {
  const { engine, spec } = network;
  const [inputTheta, inputX] = [createInput(engine, spec.targets), createInput(engine, spec.features)];
  const tape = createTape(engine, TILES);
  const theta = gather(tape, spec.targets, inputTheta);
  const out = valuePlace(flowEnergy(tape, network, theta, gather(tape, spec.features, inputX)));
  return {
    order: inputTheta.source.index,
    run(values, x, count) {
      inputTheta.set(values);
      inputX.set(x);
      tape.forward(0, Math.ceil(count / 8));
      return { energy: floats(engine.memory, out, count), z: 0 };
    },
  };
}

/** Room for a chunk of row-major rows, and the list of their numbers. */
function createInput({ arena, memory }: Engine, columns: number) {
  const data = arena.floats(8 * TILES * columns);
  const index = arena.floats(8 * TILES);
  const order = words(memory, index, 8 * TILES);
  for (let i = 0; i < order.length; i++) order[i] = i;
  floats(memory, data, 8 * TILES * columns).fill(0);
  return { data, source: { index }, set: (rows: Numbers) => floats(memory, data, rows.length).set(rows) };
}
