import { expect, it } from "vitest";
import { createEngine } from "../tensor/index.ts";
import { builds, enableRelaxed, normals, relativeError } from "../tensor/workbench.fixture.ts";
import { bent, gradientsOf } from "./gradients.fixture.ts";
import { declarations } from "./network.ts";
import { oracle } from "./oracle.fixture.ts";
import type { MafSpec } from "./spec.ts";

const small = { kind: "maf", features: 6, layers: 3, hidden: 10, blocks: 2, activation: "tanh" } as const;
const embedding = { hidden: 8, blocks: 2, outputs: 5, activation: "silu" } as const;
const specs: MafSpec[] = [
  { ...small, targets: 3 },
  { ...small, targets: 3, embedding },
  { ...small, targets: 1, embedding },
];

const cases = specs.flatMap((spec) =>
  builds.map((build) => ({ spec, build, D: spec.targets, e: "embedding" in spec })),
);

it.each(cases)(
  "loss and all gradients agree with jax-js: D = $D, embedding $e, $build build",
  async ({ spec, build }) => {
    const n = 37;
    const [theta, x] = [normals(n * spec.targets, 1), normals(n * spec.features, 2)];
    const weights = bent(spec);
    const masks = Object.fromEntries(declarations(spec).map(({ name, mask }) => [name, mask]));
    const exact = await oracle(weights, masks, theta, x);
    const engine = await createEngine({ build, enableRelaxed });
    const { loss, gradients } = gradientsOf(engine, weights, theta, x);
    // Two float32 computations in different orders.
    expect(Math.abs(loss - exact.loss)).toBeLessThan(1e-5 * Math.abs(exact.loss));
    for (const [name, gradient] of Object.entries(gradients)) {
      expect(relativeError(gradient, exact.gradients[name]), name).toBeLessThan(1e-4);
    }
  },
);
