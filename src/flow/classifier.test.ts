import { describe, expect, it } from "vitest";
import { stream } from "../math/index.ts";
import { createEngine, floats, readParameter, words, writeParameter } from "../tensor/index.ts";
import {
  type ClassifierWeights,
  classifierDeclarations,
  createClassifier,
  forward,
  initialClassifier,
  placeClassifier,
} from "./classifier.ts";
import { trainClassifier } from "./classifier-training.ts";
import { logisticGradient, logisticLoss } from "./logistic.ts";

const SPEC = { features: 3, hidden: 12, blocks: 2 };

function rows(n: number, F: number, seed = 1): Float64Array {
  const rng = stream(seed, "test/rows");
  return Float64Array.from({ length: n * F }, () => Math.fround(2 * rng.normal()));
}

/** The network in float64, written out. */
function reference({ spec, arrays }: ClassifierWeights, x: Float64Array): number {
  const layer = (name: string, input: ArrayLike<number>) => {
    const weight = arrays[`embedding.${name}.weight`];
    const bias = arrays[`embedding.${name}.bias`];
    return Array.from(bias, (b, j) => {
      let sum: number = b;
      for (let i = 0; i < input.length; i++) sum += input[i] * weight[i * bias.length + j];
      return sum;
    });
  };
  const silu = (values: number[]) => values.map((v) => v / (1 + Math.exp(-v)));
  let h = silu(layer("input", x));
  for (let b = 0; b < spec.blocks; b++) {
    const inner = layer(`blocks.${b}.second`, silu(layer(`blocks.${b}.first`, h)));
    h = h.map((v, i) => v + inner[i]);
  }
  return layer("output", h)[0];
}

describe("a classifier's network", () => {
  it("computes what its formula says, for any number of rows", async () => {
    const weights = initialClassifier(SPEC, 3, "test");
    const logOdds = createClassifier(await createEngine({ build: "plain" }), weights);
    const x = rows(300, 3);
    const found = logOdds(x);
    // Sums of about a hundred float32 products of order one.
    for (const i of [0, 7, 255, 256, 299])
      expect(found[i]).toBeCloseTo(reference(weights, x.subarray(3 * i, 3 * i + 3)), 4);
    expect(logOdds(x.slice(0, 3))[0]).toBe(found[0]);
  });

  it("has the gradient of its loss by finite differences", async () => {
    const n = 16;
    const x = rows(n, 3);
    const member = Uint8Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 1 : 0));
    const balance = [0.75, 1.5] as const;
    const engine = await createEngine({ build: "plain" });
    const { arena, memory } = engine;
    const [data, order, seed] = [arena.floats(3 * n), arena.floats(n), arena.floats(n)];
    const { store, tape, source, out } = placeClassifier(engine, SPEC, {
      tiles: n / 8,
      data,
      training: true,
    });
    const backward = tape.backward(out, seed);
    floats(memory, data, 3 * n).set(x);
    words(memory, order, n).set(Array.from(member.keys()));
    source.index = order;
    const weights = initialClassifier(SPEC, 5, "test");
    for (const parameter of store.list) writeParameter(engine, parameter, weights.arrays[parameter.name]);
    logisticGradient(floats(memory, seed, n), forward(tape, out, n), member, balance);
    backward.run(0, n / 8);
    for (const { run, parameter } of backward.jobs) run(0, parameter.blocks, false);
    const loss = (changed: ClassifierWeights) =>
      logisticLoss(
        Float64Array.from(member, (_, i) => reference(changed, x.subarray(3 * i, 3 * i + 3))),
        member,
        balance,
      ) / n;
    for (const { name } of classifierDeclarations(SPEC)) {
      const parameter = store.byName.get(name);
      if (parameter === undefined) throw new Error(name);
      const gradient = readParameter(engine, parameter, parameter.gradient);
      const at = gradient.length >> 1;
      const moved = (by: number): ClassifierWeights => {
        const array = Float64Array.from(weights.arrays[name]);
        array[at] += by;
        return { ...weights, arrays: { ...weights.arrays, [name]: array as unknown as Float32Array } };
      };
      const difference = (loss(moved(1e-4)) - loss(moved(-1e-4))) / 2e-4;
      // float32 sums over 16 rows of terms below one.
      expect(gradient[at], name).toBeCloseTo(difference, 5);
    }
  });
});

describe("a trained classifier", () => {
  const N = 2000;
  const x = rows(N, 2);
  // Inside a circle around (0, 0) that holds a fifth of the normal draws of deviation 2.
  const member = Uint8Array.from({ length: N }, (_, i) =>
    Math.hypot(x[2 * i], x[2 * i + 1]) < 1.34 ? 1 : 0,
  );
  const train = async (seed: number) =>
    trainClassifier(
      await createEngine({ build: "plain" }),
      { features: 2, hidden: 32, blocks: 2 },
      { x, member, training: 1800 },
      { seed, name: "test", steps: 600 },
    );

  it("tells a disc from its surroundings, and is the same for the same seed", async () => {
    const weights = await train(1);
    expect(await train(1)).toEqual(weights);
    expect(await train(2)).not.toEqual(weights);
    const fresh = rows(4000, 2, 9);
    const logOdds = createClassifier(await createEngine({ build: "plain" }), weights)(fresh);
    let wrong = 0;
    logOdds.forEach((l, i) => {
      const radius = Math.hypot(fresh[2 * i], fresh[2 * i + 1]);
      if (l > 0 !== radius < 1.34) wrong++;
    });
    // 1 % of these normal draws lie within 0.03 of the circle; 1800 rows tell its radius to about that.
    expect(wrong / 4000).toBeLessThan(0.02);
  });
});
