import { createTape, type Engine, floats, gather, readParameter, words } from "../tensor/index.ts";
import { normals } from "../tensor/workbench.fixture.ts";
import { createNetwork, energy } from "./network.ts";
import type { FlowSpec, FlowWeights, NetworkWeights } from "./spec.ts";
import { initialWeights, setWeights } from "./weights.ts";

/** Weights far from the start, so that every part of the flow bends its input. */
export function bent<S extends FlowSpec>(spec: S, seed = 1): NetworkWeights<S> {
  const weights = initialWeights(spec, seed);
  const arrays = Object.entries(weights.arrays).map(([name, { shape, data }], i) => {
    const noise = normals(data.length, 100 + i, name.includes("output") ? 0.15 : 0.1);
    return [name, { shape, data: data.map((v, k) => v + noise[k]) }] as const;
  });
  return { ...weights, arrays: Object.fromEntries(arrays) };
}

/** Gradients of the mean of -log q over a batch, by name. */
export function gradientsOf(engine: Engine, weights: FlowWeights, theta: Float64Array, x: Float64Array) {
  const { targets, features } = weights.spec;
  const n = theta.length / targets;
  const network = createNetwork(engine, weights.spec, { training: true });
  setWeights(network, weights);
  const tape = createTape(engine, Math.ceil(n / 8));
  const place = (values: Float64Array): number => {
    const at = engine.arena.floats(values.length);
    floats(engine.memory, at, values.length).set(values);
    return at;
  };
  const index = engine.arena.floats(tape.tiles * 8);
  words(engine.memory, index, tape.tiles * 8).set(
    Array.from({ length: tape.tiles * 8 }, (_, i) => Math.min(i, n - 1)),
  );
  const input = (values: Float64Array, columns: number) =>
    gather(tape, columns, { data: place(values), source: { index } });
  const out = energy(tape, network, input(theta, targets), input(x, features));
  const seed = engine.arena.floats(tape.tiles * 8);
  floats(engine.memory, seed, tape.tiles * 8)
    .fill(0)
    .fill(1 / n, 0, n);
  const backward = tape.backward(out, seed);
  tape.forward(0, tape.tiles);
  backward.run(0, tape.tiles);
  for (const { run, parameter } of backward.jobs) run(0, parameter.blocks);
  const energies = floats(engine.memory, out.buffer.place, n);
  const gradients = Object.fromEntries(
    network.store.list.map((p) => [p.name, readParameter(engine, p, p.gradient)]),
  );
  return { network, gradients, loss: energies.reduce((a, b) => a + b, 0) / n };
}
