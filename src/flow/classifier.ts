import { stream } from "../math/index.ts";
import {
  createStore,
  createTape,
  type Declaration,
  type Engine,
  floats,
  gather,
  type Tape,
  type Tensor,
  words,
  writeParameter,
} from "../tensor/index.ts";
import { embedding, embeddingDeclarations } from "./modules/embedding.ts";
import type { EmbeddingSpec } from "./spec.ts";

/** A residual network from F features to the log odds of belonging to a class. */
export interface ClassifierSpec {
  readonly features: number;
  readonly hidden: number;
  readonly blocks: number;
}

/** A classifier as plain data; arrays as in `modules/embedding.ts`, row-major (inputs, outputs). */
export interface ClassifierWeights {
  readonly spec: ClassifierSpec;
  readonly arrays: Readonly<Record<string, Float32Array>>;
}

/** SiLU rather than ReLU: what is classified has smooth borders. */
const network = ({ hidden, blocks }: ClassifierSpec): EmbeddingSpec => ({
  hidden,
  blocks,
  outputs: 1,
  activation: "silu",
});

export function classifierDeclarations(spec: ClassifierSpec): Declaration[] {
  return embeddingDeclarations(spec.features, network(spec));
}

/** Weights uniform in +-1/sqrt(inputs), biases zero. */
export function initialClassifier(spec: ClassifierSpec, seed: number, name: string): ClassifierWeights {
  const rng = stream(seed, name);
  const arrays: Record<string, Float32Array> = {};
  for (const { name: array, rows, columns } of classifierDeclarations(spec)) {
    const scale = array.endsWith(".bias") ? 0 : 1 / Math.sqrt(rows);
    arrays[array] = Float32Array.from({ length: rows * columns }, () => scale * (2 * rng.uniform() - 1));
  }
  return { spec, arrays };
}

/** The network on a tape that reads rows of `data` (N, F) by the numbers at `source.index`. */
export function placeClassifier(
  engine: Engine,
  spec: ClassifierSpec,
  { tiles, data, training }: { tiles: number; data: number; training: boolean },
) {
  const store = createStore(engine, classifierDeclarations(spec), { training });
  const tape = createTape(engine, tiles);
  const source = { index: 0 };
  const lookup = (name: string) => {
    const found = store.byName.get(name);
    if (found === undefined) throw new Error(`internal: no parameter ${name}`);
    return found;
  };
  const out = embedding(tape, lookup, network(spec), gather(tape, spec.features, { data, source }));
  return { store, tape, source, out };
}

/** Rows that go through the network at once. */
const BATCH = 256;

/** Log odds (n) of rows x (n, F) by a trained classifier. */
export function createClassifier(
  engine: Engine,
  { spec, arrays }: ClassifierWeights,
): (x: Float64Array) => Float64Array {
  const { arena, memory } = engine;
  const data = arena.floats(BATCH * spec.features);
  const order = arena.floats(BATCH);
  const { store, tape, source, out } = placeClassifier(engine, spec, {
    tiles: BATCH / 8,
    data,
    training: false,
  });
  for (const parameter of store.list) writeParameter(engine, parameter, arrays[parameter.name]);
  const numbers = words(memory, order, BATCH);
  for (let i = 0; i < BATCH; i++) numbers[i] = i;
  source.index = order;
  return (x) => {
    const n = x.length / spec.features;
    const logOdds = new Float64Array(n);
    for (let from = 0; from < n; from += BATCH) {
      const rows = Math.min(BATCH, n - from);
      floats(memory, data, BATCH * spec.features).set(
        x.subarray(from * spec.features, (from + rows) * spec.features),
      );
      logOdds.set(forward(tape, out, rows), from);
    }
    return logOdds;
  };
}

/** The network's outputs for the first `rows` rows that its source names. */
export function forward(tape: Tape, out: Tensor, rows: number): Float32Array {
  const tiles = Math.ceil(rows / 8);
  tape.forward(0, tiles);
  return floats(tape.engine.memory, out.buffer.place, rows);
}
