import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { createEngine } from "../tensor/engine.ts";
import { atomicLoss } from "./atomic-loss.ts";
import { createFlow } from "./flow.ts";
import type { MafSpec } from "./spec.ts";
import { createTrainer } from "./trainer.ts";

const random = (n: number, name: string) => {
  const rng = stream(1, name);
  return Float64Array.from({ length: n }, () => 2 * rng.normal());
};

describe("the atomic loss", () => {
  it("has the gradient of finite differences, with and without the plain loss", () => {
    const M = 5;
    const energies = random(3 * M, "energies");
    const offsets = random(3 * M, "offsets");
    for (const plain of [undefined, [0, 1, 0]]) {
      const gradient = new Float64Array(3 * M);
      atomicLoss(gradient, energies, offsets, M, plain);
      for (let i = 0; i < energies.length; i++) {
        const at = (step: number) =>
          atomicLoss(
            new Float64Array(3 * M),
            energies.map((e, k) => (k === i ? e + step : e)),
            offsets,
            M,
            plain,
          );
        // Central differences of step h are off by h^2 times the third derivative, which is of order one.
        expect(Math.abs((at(1e-4) - at(-1e-4)) / 2e-4 - gradient[i])).toBeLessThan(1e-6);
      }
    }
  });

  it("is ln M for atoms that are all alike, and does not see a constant added to every energy", () => {
    const energies = random(8, "energies");
    const alike = atomicLoss(new Float64Array(4), [3, 3, 3, 3], [1, 1, 1, 1], 4);
    expect(alike).toBeCloseTo(Math.log(4), 12);
    const loss = (shift: number) =>
      atomicLoss(
        new Float64Array(8),
        energies.map((e) => e + shift),
        new Float64Array(8),
        4,
      );
    expect(loss(100)).toBeCloseTo(loss(0), 10);
  });
});

/** theta ~ N(0, 1) and x = theta + N(0, 0.5): the posterior is N(0.8 x, sqrt 0.2), whatever theta was proposed. */
const N = 4000;
const NOISE = 0.5;
const OBSERVED = 1;
const spec: MafSpec = {
  ...{ kind: "maf", targets: 1, features: 1, layers: 1, hidden: 10, blocks: 1, activation: "tanh" },
};

/** Mean and deviation of the flow at the observation after training on a proposal N(0.8, 0.6), far from the prior. */
async function trainedOnProposal(atoms: number | undefined) {
  const rng = stream(2, "toy");
  const theta = Float64Array.from({ length: N }, () => 0.8 + 0.6 * rng.normal());
  const x = theta.map((t) => t + NOISE * rng.normal());
  const offsets = theta.map((t) => 0.5 * t * t); // -ln p(theta), but for a constant
  const engine = await createEngine();
  const rows = { training: 3600, validation: 400 };
  const steps = 1200;
  const trainer = createTrainer({
    ...{ engine, spec, rows },
    options: {
      batch: 100,
      seed: 3,
      schedule: { kind: "cosine", rate: 5e-3, warmup: 50, steps },
      ...(atoms !== undefined && { atomic: { atoms, offsets } }),
    },
  });
  trainer.theta.set(theta);
  trainer.x.set(x);
  trainer.run(steps);
  const loss = trainer.validationLoss();
  const flow = createFlow(await createEngine(), trainer.weights());
  const draws = flow.sample(Float64Array.of(OBSERVED), 20_000, { seed: 1, name: "draws", first: 0 }).theta;
  const mean = draws.reduce((sum, v) => sum + v, 0) / draws.length;
  const sd = Math.sqrt(draws.reduce((sum, v) => sum + (v - mean) ** 2, 0) / draws.length);
  return { mean, sd, loss };
}

describe("a flow trained on draws of a proposal", () => {
  // 3600 rows determine mean and deviation of the posterior to about 0.02; the flow is a few of them off.
  const exact = { mean: 0.8 * OBSERVED, sd: Math.sqrt(0.2) };

  it("finds the posterior under the prior with the atomic loss", async () => {
    const { mean, sd, loss } = await trainedOnProposal(10);
    expect(Math.abs(mean - exact.mean)).toBeLessThan(0.08);
    expect(Math.abs(sd - exact.sd)).toBeLessThan(0.06);
    expect(loss).toBeLessThan(Math.log(10));
  });

  it("finds a narrower one, that under the proposal, with the plain loss", async () => {
    const { sd } = await trainedOnProposal(undefined);
    const proposed = 1 / Math.sqrt(1 / 0.6 ** 2 + 1 / NOISE ** 2);
    expect(Math.abs(sd - proposed)).toBeLessThan(0.03);
    expect(sd).toBeLessThan(exact.sd - 0.03);
  });
});
