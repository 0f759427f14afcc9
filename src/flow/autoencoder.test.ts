import { describe, expect, it } from "vitest";
import { stream } from "../math/index.ts";
import { createEngine } from "../tensor/index.ts";
import type { AutoencoderSpec } from "./spec.ts";
import { train } from "./train.ts";
import { createTrainer } from "./trainer.ts";
import { initialWeights } from "./weights.ts";

const C = 16;
const spec: AutoencoderSpec = {
  kind: "autoencoder",
  targets: C,
  features: C,
  latents: 1,
  hidden: [16, 8],
  activation: "silu",
};

/** Poisson counts of spectra of one slope. */
function bank(N: number) {
  const counts = new Float32Array(N * C);
  const mu = new Float64Array(N * C);
  for (let i = 0; i < N; i++) {
    const rng = stream(3, "spectra", i);
    const slope = 2 * rng.uniform() - 1;
    for (let c = 0; c < C; c++) {
      mu[i * C + c] = 30 * Math.exp((slope * (c - 7.5)) / 5);
      counts[i * C + c] = rng.poisson(mu[i * C + c]);
    }
  }
  return { counts, mu };
}

/** Mean of (sum mu - x ln mu) / C over rows from..to, what the loss is. */
function loss(counts: Float32Array, mu: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from * C; i < to * C; i++) sum += mu[i] - counts[i] * Math.log(mu[i]);
  return sum / (to - from) / C;
}

describe("an auto-encoder with the C-statistic as its loss", () => {
  it("reproduces the expected counts of a family of one parameter from noisy ones with one latent variable", async () => {
    const rows = { training: 2000, validation: 500 };
    const { counts, mu } = bank(2500);
    const engine = await createEngine({ build: "plain" });
    const initial = initialWeights(spec, 1);
    initial.arrays["decoder.2.bias"].data.fill(Math.log(30));
    const schedule = { kind: "cosine", rate: 5e-3, warmup: 20, steps: 800 } as const;
    const trainer = createTrainer({ engine, spec, rows, options: { seed: 1, schedule, initial } });
    trainer.theta.set(counts);
    trainer.x.set(counts.map((x) => (2 * Math.sqrt(x + 0.375) - 11) / 4));
    train(trainer, { steps: 800 });
    const truth = loss(counts, mu, 2000, 2500);
    const average = mu.reduce((a, b) => a + b, 0) / mu.length;
    const flat = loss(counts, new Float64Array(mu.length).fill(average), 2000, 2500);
    // The best fit of one parameter lies half a nat, 1/2C a bin, below the truth; a spectrum of no shape tens of nats above.
    expect(trainer.validationLoss()).toBeLessThan(truth + 0.5 / C);
    expect(trainer.validationLoss()).toBeGreaterThan(truth - 1 / C);
    expect(flat - truth).toBeGreaterThan(20 / C);
  });
});
