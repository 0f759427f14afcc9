import { describe, expect, it } from "vitest";
import { stream } from "../math/index.ts";
import { createEngine } from "../tensor/index.ts";
import { normals } from "../tensor/workbench.fixture.ts";
import { createEstimator } from "./flow.ts";
import { bent, gradientsOf } from "./gradients.fixture.ts";
import { mdn } from "./mdn.ts";
import { drawMixture, mixtureLogProb, normalMixture } from "./normal-mixture.ts";
import { linearToy } from "./toy.fixture.ts";
import { train } from "./train.ts";
import { createTrainer } from "./trainer.ts";

describe("a mixture of normal densities", () => {
  /** Two components over the plane: factors of the precision ((2, 0), (1, 0.5)) and ((1, 0), (0, 4)). */
  const inverse = (d: number) => Math.log(Math.expm1(d - 1e-3));
  const raw = [
    ...[Math.log(0.25), -1, 2, inverse(2), 1, inverse(0.5)],
    ...[Math.log(0.75), 3, 0, inverse(1), 0, inverse(4)],
  ];
  const mixture = normalMixture(raw, 2);

  it("is the weighted sum of its components", () => {
    const theta = [0.3, 0.7];
    const component = (m: readonly number[], [a, b, c]: readonly number[]) => {
      const [v, w] = [theta[0] - m[0], theta[1] - m[1]];
      return ((a * c) / (2 * Math.PI)) * Math.exp(-0.5 * ((a * v) ** 2 + (b * v + c * w) ** 2));
    };
    const exact = 0.25 * component([-1, 2], [2, 1, 0.5]) + 0.75 * component([3, 0], [1, 0, 4]);
    expect(mixtureLogProb(mixture, theta)).toBeCloseTo(Math.log(exact), 12);
  });

  it("gives draws with its mean and covariance", () => {
    const M = 40_000;
    const draws = new Float32Array(2 * M);
    for (let i = 0; i < M; i++) drawMixture(draws.subarray(2 * i, 2 * i + 2), mixture, stream(1, "draws", i));
    const mean = [0, 1].map((d) => draws.reduce((sum, v, i) => sum + (i % 2 === d ? v : 0), 0) / M);
    // Mixture means and, with P = L^T L, covariances sum w_k (P_k^-1 + (m_k - m)(m_k - m)^T).
    const [w, v] = [0.25, 0.75];
    const exact = [w * -1 + v * 3, w * 2];
    const away = [
      [-1 - exact[0], 2 - exact[1]],
      [3 - exact[0], -exact[1]],
    ];
    const inverses = [
      [0.25, -0.5, 5],
      [1, 0, 1 / 16],
    ];
    const covariance = [0, 1, 2].map((e) => {
      const [a, b] = [
        [0, 0],
        [0, 1],
        [1, 1],
      ][e];
      return w * (inverses[0][e] + away[0][a] * away[0][b]) + v * (inverses[1][e] + away[1][a] * away[1][b]);
    });
    const found = [
      [0, 0],
      [0, 1],
      [1, 1],
    ].map(([a, b]) => {
      let sum = 0;
      for (let i = 0; i < M; i++) sum += (draws[2 * i + a] - mean[a]) * (draws[2 * i + b] - mean[b]);
      return sum / M;
    });
    const sd = [Math.sqrt(covariance[0]), Math.sqrt(covariance[2])];
    // Five standard errors (fourth moments of a mixture: at most twice those of a normal).
    const error = 5 / Math.sqrt(M);
    for (const d of [0, 1]) expect(Math.abs(mean[d] - exact[d])).toBeLessThan(error * sd[d]);
    const scales = [sd[0] ** 2, sd[0] * sd[1], sd[1] ** 2];
    for (const e of [0, 1, 2]) expect(Math.abs(found[e] - covariance[e])).toBeLessThan(2 * error * scales[e]);
  });
});

describe("a mixture density network", () => {
  it("is trained on the density that it later gives", async () => {
    const weights = bent({ ...mdn.preset(3, 4), hidden: 17 });
    const [theta, x] = [normals(3 * 50, 1), normals(4 * 50, 2)];
    const { loss } = gradientsOf(await createEngine({ build: "plain" }), weights, theta, x);
    const estimator = createEstimator(await createEngine({ build: "plain" }), weights);
    const mean = estimator.logProb(theta, x).reduce((a, b) => a + b, 0) / 50;
    // float32 kernels against float64.
    expect(Math.abs(mean + loss)).toBeLessThan(1e-5 * Math.abs(loss));
  });

  it("reaches the entropy of a posterior that is normal", async () => {
    const toy = linearToy(11_000, 2, 3, 2);
    const rows = { training: 10_000, validation: 1000 };
    const schedule = { kind: "cosine", rate: 5e-3, warmup: 50, steps: 1200 } as const;
    const engine = await createEngine({ build: "plain" });
    const spec = { ...mdn.preset(2, 3), components: 3, hidden: 20 };
    const trainer = createTrainer({ engine, spec, rows, options: { seed: 1, schedule } });
    trainer.theta.set(toy.theta);
    trainer.x.set(toy.x);
    train(trainer, { steps: 1200 });
    // Of 1000 rows the mean of -log q has the standard error sqrt(D/2 / 1000) = 0.032; three of them, and 0.05 for the fit.
    expect(trainer.validationLoss()).toBeLessThan(toy.entropy + 0.15);
    expect(trainer.validationLoss()).toBeGreaterThan(toy.entropy - 0.13);
  });
});
