import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEngine, createMemory } from "../tensor/index.ts";
import { builds, enableRelaxed } from "../tensor/workbench.fixture.ts";
import { createFlow } from "./flow.ts";
import { flowKind, flows } from "./flows.ts";
import { flopsPerSample } from "./network.ts";
import type { FlowSpec, FlowWeights } from "./spec.ts";
import { runThreads, transpileSources } from "./threads.fixture.ts";
import { linearToy } from "./toy.fixture.ts";
import { type TrainingHistory, train } from "./train.ts";
import { createTrainer, requiredBytes } from "./trainer.ts";
import type { TrainingOptions } from "./training-options.ts";

const spec = {
  kind: "maf",
  targets: 2,
  features: 3,
  layers: 2,
  hidden: 10,
  blocks: 1,
  activation: "tanh",
} as const;
const toy = linearToy(1200, 2, 3);
const rows = { training: 1000, validation: 200 };

async function prepared(options: TrainingOptions, x = toy.x) {
  const engine = await createEngine({ build: "plain" });
  const trainer = createTrainer({ engine, spec, rows, options });
  trainer.theta.set(toy.theta);
  trainer.x.set(x);
  return trainer;
}

describe("threads", () => {
  let sources: ReturnType<typeof transpileSources>;
  beforeAll(() => {
    sources = transpileSources();
  });
  afterAll(() => sources.remove());

  interface Told {
    readonly rank: number;
    readonly history: TrainingHistory;
    readonly weights?: FlowWeights;
  }
  // 75 samples are 10 tiles, the last with 3 samples: no team shares them evenly; 10 are 2 tiles, so that of three threads
  // one has none; 600 are three slices.
  const cases = flows.flatMap(({ kind }) =>
    builds.flatMap((build) => [75, 10, 600].map((batch) => [kind, build, batch] as const)),
  );
  it.each(cases)(
    "1, 2 and 3 train a %s, %s build, batch %i, to the same bits",
    async (kind, build, batch) => {
      const embedding = { hidden: 12, blocks: 1, outputs: 5, activation: "silu" } as const;
      const preset = flowKind(kind).preset(2, 3);
      const layers = preset.kind === "mdn" ? preset : { ...preset, layers: 2 };
      const own: FlowSpec = { ...layers, hidden: 18, embedding };
      const schedule = { kind: "constant", rate: 1e-3 } as const;
      const options = { batch, seed: 5, schedule };
      const told: Told[][] = [];
      for (const ranks of [1, 2, 3]) {
        const memory = createMemory(requiredBytes(own, rows, options), { shared: true });
        const data = {
          code: sources.code,
          memory,
          build,
          spec: own,
          rows,
          options,
          epochs: 3,
          data: { theta: toy.theta, x: toy.x },
        };
        told.push(await runThreads<Told>(ranks, data));
      }
      const [[alone]] = told;
      expect(alone.history.epochs).toHaveLength(3);
      expect(alone.history.epochs[2].validationLoss).toBeLessThan(alone.history.epochs[0].validationLoss);
      for (const { history, weights } of told.flat()) {
        expect(history).toEqual(alone.history);
        if (weights) expect(weights).toEqual(alone.weights);
      }
    },
  );
});

describe("training on a problem whose posterior is known", () => {
  const large = linearToy(22_000, 2, 3, 2);
  const sizes = { training: 20_000, validation: 2000 };
  const schedule = { kind: "cosine", rate: 5e-3, warmup: 50, steps: 3000 } as const;
  const trained = (async () => {
    const engine = await createEngine({ build: "plain" });
    const larger = { ...spec, layers: 3, hidden: 20 };
    const trainer = createTrainer({ engine, spec: larger, rows: sizes, options: { seed: 1, schedule } });
    trainer.theta.set(large.theta);
    trainer.x.set(large.x);
    train(trainer, { steps: 3000 });
    return { trainer, flow: createFlow(engine, trainer.weights()) };
  })();

  it("reaches its entropy", async () => {
    const { trainer } = await trained;
    // Of 2000 rows the mean of -log q has the standard error sqrt(D/2 / 2000) = 0.022; four of them, and 0.02 for the fit.
    expect(trainer.validationLoss()).toBeGreaterThan(large.entropy - 0.09);
    expect(trainer.validationLoss()).toBeLessThan(large.entropy + 0.11);
  });

  it("gives draws with its means and covariances", async () => {
    const { flow } = await trained;
    const [M, spectra] = [4000, 25];
    const { covariance } = large.posterior([0, 0, 0]);
    const found = new Float64Array(4);
    let offset = 0;
    for (let k = 0; k < spectra; k++) {
      const row = sizes.training + k;
      const x = large.x.subarray(3 * row, 3 * row + 3);
      const { mean } = large.posterior(x);
      const { theta } = flow.sample(x, M, { seed: 1, index: k });
      const center = [0, 1].map((d) => theta.reduce((sum, v, i) => sum + (i % 2 === d ? v : 0), 0) / M);
      for (let i = 0; i < M * 4; i++) {
        const [draw, a, b] = [i >> 2, (i >> 1) & 1, i & 1];
        found[2 * a + b] += (theta[2 * draw + a] - center[a]) * (theta[2 * draw + b] - center[b]);
      }
      for (const d of [0, 1]) offset += (center[d] - mean[d]) ** 2 / covariance[3 * d] / (2 * spectra);
    }
    // What a fit to 20 000 samples leaves: means to a tenth of a deviation (r.m.s.), variances on average to 5 %.
    expect(Math.sqrt(offset)).toBeLessThan(0.1);
    for (const [a, b] of [
      [0, 0],
      [0, 1],
      [1, 1],
    ]) {
      const scale = Math.sqrt(covariance[3 * a] * covariance[3 * b]);
      const average = found[2 * a + b] / (M * spectra);
      expect(Math.abs(average - covariance[2 * a + b]) / scale).toBeLessThan(0.05);
    }
  });
});

it("operations are counted without masked entries, and without gradients of data", () => {
  const one = { ...spec, targets: 1, layers: 1, hidden: 2 };
  // context 3 x 2, twice; input all masked; hidden 2 x 2 and output 2 x 2, three times; two operations an entry
  expect(flopsPerSample(one)).toBe(2 * (2 * 6 + 3 * 4 + 3 * 4));
});

it("the same seed gives the same weights, another seed others", async () => {
  const weights = async (seed: number) => {
    const trainer = await prepared({ seed, batch: 100 });
    trainer.run(15);
    return trainer.weights().arrays["layers.0.hidden.0.weight"].data;
  };
  expect(await weights(1)).toEqual(await weights(1));
  expect(await weights(1)).not.toEqual(await weights(2));
});

it("a batch that is cut into slices trains like a whole one", async () => {
  // 600 rows that are three copies of 200 have the mean gradient of the 200.
  const losses = async (copies: number) => {
    const engine = await createEngine({ build: "plain" });
    const n = 200 * copies;
    const options = { seed: 1, batch: n };
    const trainer = createTrainer({ engine, spec, rows: { training: n, validation: 0 }, options });
    trainer.theta.set(Array.from({ length: 2 * n }, (_, i) => toy.theta[i % 400]));
    trainer.x.set(Array.from({ length: 3 * n }, (_, i) => toy.x[i % 600]));
    return trainer.run(20);
  };
  const [whole, sliced] = [await losses(1), await losses(3)];
  for (const [t, loss] of whole.entries()) expect(sliced[t]).toBeCloseTo(loss, 4);
  expect(whole[19]).toBeLessThan(whole[0] - 0.02);
});

it("an epoch visits every row once, in an order of its own", async () => {
  // With a learning rate of zero the loss of a batch is a fixed function of its rows.
  const schedule = { kind: "constant", rate: 0 } as const;
  const trainer = await prepared({ seed: 1, batch: 100, schedule });
  const [first, second] = [trainer.run(10), trainer.run(10)];
  const sum = (losses: Float64Array): number => losses.reduce((a, b) => a + b, 0);
  // The same 1000 energies in other groups: float64 sums of float32 values, equal to rounding.
  expect(sum(second)).toBeCloseTo(sum(first), 10);
  expect([...second]).not.toEqual([...first]);
});

it("the batch is as large as the data where fewer rows than that are left", async () => {
  const engine = await createEngine({ build: "plain" });
  const trainer = createTrainer({
    engine,
    spec,
    rows: { training: 30, validation: 0 },
    options: { seed: 1 },
  });
  trainer.theta.set(toy.theta.subarray(0, 60));
  trainer.x.set(toy.x.subarray(0, 90));
  expect(trainer.stepsPerEpoch).toBe(1);
  expect(Number.isFinite(trainer.run(3)[2])).toBe(true);
  expect(trainer.validationLoss()).toBeNaN();
});

it("restored weights are those of the snapshot", async () => {
  const trainer = await prepared({ seed: 1, batch: 100 });
  trainer.run(5);
  trainer.snapshot();
  const [kept, loss] = [trainer.weights(), trainer.validationLoss()];
  trainer.run(5);
  expect(trainer.validationLoss()).not.toBe(loss);
  trainer.restore();
  expect(trainer.weights()).toEqual(kept);
  expect(trainer.validationLoss()).toBe(loss);
});

it("data refilled before an epoch are what the epoch trains on", async () => {
  const trainer = await prepared({ seed: 1, batch: 100, schedule: { kind: "constant", rate: 0 } });
  const asked: number[] = [];
  const { epochs } = train(trainer, {
    steps: 30,
    beforeEpoch(epoch) {
      asked.push(epoch);
      if (epoch === 2) trainer.x.set(toy.x.map((v) => 2 * v));
    },
  });
  expect(asked).toEqual([0, 1, 2]);
  // Nothing is learnt at a rate of zero, so only new data change the losses.
  expect(epochs[1].validationLoss).toBe(epochs[0].validationLoss);
  expect(epochs[2].validationLoss).not.toBe(epochs[0].validationLoss);
  expect(epochs[2].trainingLoss).not.toBeCloseTo(epochs[1].trainingLoss, 3);
});

it("training goes on from given weights", async () => {
  const first = await prepared({ seed: 1, batch: 100 });
  first.run(20);
  const second = await prepared({ seed: 2, batch: 100, initial: first.weights() });
  expect(second.validationLoss()).toBe(first.validationLoss());
  expect(second.weights()).toEqual(first.weights());
});

it("patience stops an overfitted training and brings back the best weights", async () => {
  // Pure noise: nothing can be learnt from x, so the validation loss soon rises.
  const rng = linearToy(1200, 1, 3, 9);
  const trainer = await prepared({ seed: 1, batch: 50, schedule: { kind: "constant", rate: 2e-2 } }, rng.x);
  const history = train(trainer, { patience: 4 });
  const losses = history.epochs.map((epoch) => epoch.validationLoss);
  expect(history.stoppedBy).toBe("patience");
  expect(losses[history.best]).toBe(Math.min(...losses));
  expect(losses).toHaveLength(history.best + 5);
  expect(trainer.validationLoss()).toBe(losses[history.best]);
});

it("inputs that are no numbers end the training with a sentence", async () => {
  const trainer = await prepared(
    { seed: 1 },
    toy.x.map((v, i) => (i === 100 ? Number.NaN : v)),
  );
  expect(() => trainer.run(5)).toThrow(/loss of step \d is not a number/);
});

it("required bytes are enough for a shared memory, and little more", async () => {
  const options = { seed: 1 };
  const bytes = requiredBytes(spec, rows, options);
  const memory = createMemory(bytes, { shared: true });
  const engine = await createEngine({ memory, enableRelaxed });
  createTrainer({ engine, spec, rows, options });
  expect(engine.arena.mark()).toBeGreaterThan(bytes);
  const tooSmall = createMemory(bytes - 65536, { shared: true });
  const other = await createEngine({ memory: tooSmall, enableRelaxed });
  expect(() => createTrainer({ engine: other, spec, rows, options })).toThrow(/cannot grow/);
});
