import v8 from "node:v8";
import { stream } from "../math/index.ts";
import { type Build, bestBuild, createEngine } from "./engine.ts";
import { floats } from "./memory.ts";
import { clearStore, createStore, type Declaration, readParameter, writeParameter } from "./parameters.ts";
import { createTape } from "./tape.ts";
import type { Tensor } from "./tape-types.ts";

export const enableRelaxed = (): void => v8.setFlagsFromString("--experimental-wasm-relaxed-simd");

/** The builds that this machine can run. */
export const builds: readonly Build[] =
  bestBuild({ enableRelaxed }) === "relaxed" ? ["plain", "relaxed"] : ["plain"];

export function normals(n: number, seed: number, scale = 1): Float64Array {
  const rng = stream(seed, "test");
  return Float64Array.from({ length: n }, () => Math.fround(scale * rng.normal()));
}

/** Largest difference between two arrays relative to the largest element of the second. */
export function relativeError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let largest = 0;
  for (let i = 0; i < found.length; i++) {
    difference = Math.max(difference, Math.abs(found[i] - expected[i]));
    if (Number.isNaN(found[i])) return Number.NaN;
    largest = Math.max(largest, Math.abs(expected[i]));
  }
  return difference / (largest || 1);
}

/** A tape for n rows, with tensors and parameters filled from row-major arrays and read back as such. */
export async function workbench(build: Build, n: number, declarations: readonly Declaration[] = []) {
  const engine = await createEngine({ build, enableRelaxed });
  const { memory, arena } = engine;
  const tiles = Math.ceil(n / 8);
  const tape = createTape(engine, tiles);
  const store = createStore(engine, declarations, { training: true });
  clearStore(engine, store);
  const write = (place: number, features: number, rows: Float64Array): void => {
    const target = floats(memory, place, tiles * features * 8).fill(0);
    for (let i = 0; i < rows.length; i++) target[at(features, i)] = rows[i];
  };
  const read = (place: number, features: number, first: number, count: number): Float64Array => {
    const source = floats(memory, place, tiles * features * 8);
    return Float64Array.from({ length: n * count }, (_, i) => {
      return source[at(features, Math.floor(i / count) * features + first + (i % count))];
    });
  };
  return {
    engine,
    tape,
    store,
    parameter(name: string, values?: Float64Array) {
      const found = store.byName.get(name);
      if (!found) throw new Error(name);
      if (values) writeParameter(engine, found, Float32Array.from(values));
      return found;
    },
    gradientOf(name: string): Float32Array {
      const found = store.byName.get(name);
      if (!found) throw new Error(name);
      return readParameter(engine, found, found.gradient);
    },
    input(rows: Float64Array): Tensor {
      const features = rows.length / n;
      const tensor = tape.tensor(features);
      write(tensor.buffer.place, features, rows);
      return tensor;
    },
    values: ({ buffer, offset, features }: Tensor) => read(buffer.place, buffer.features, offset, features),
    gradient: ({ buffer, offset, features }: Tensor) =>
      read(buffer.gradient, buffer.features, offset, features),
    /** Runs forward, then backward from a gradient (n, features) of one tensor, in `parts` parts of the tiles. */
    run(from: Tensor, seed: Float64Array, parts = 1): void {
      const place = arena.floats(tiles * from.features * 8);
      write(place, from.features, seed);
      const backward = tape.backward(from, place);
      const edges = Array.from({ length: parts + 1 }, (_, i) => Math.floor((tiles * i) / parts));
      for (let i = 0; i < parts; i++) {
        tape.forward(edges[i], edges[i + 1] - edges[i]);
        backward.run(edges[i], edges[i + 1] - edges[i]);
      }
      for (const { run, parameter } of backward.jobs) run(0, parameter.blocks);
    },
  };
}

/** Position in tiles of the i-th entry of a row-major array. */
function at(features: number, i: number): number {
  const [row, feature] = [Math.floor(i / features), i % features];
  return (Math.floor(row / 8) * features + feature) * 8 + (row % 8);
}
