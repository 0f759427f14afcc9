import { describe, expect, it } from "vitest";
import { createEngine, floats, gradientNorm } from "../tensor/index.ts";
import { builds, enableRelaxed, normals, relativeError } from "../tensor/workbench.fixture.ts";
import { decodeFlow, encodeFlow } from "./file.ts";
import { createEstimator, createFlow } from "./flow.ts";
import { flows } from "./flows.ts";
import { bent, gradientsOf } from "./gradients.fixture.ts";
import type { FlowSpec, FlowWeights } from "./spec.ts";

const embedding = { hidden: 9, blocks: 1, outputs: 5, activation: "silu" } as const;

const small = (spec: FlowSpec): FlowSpec =>
  spec.kind === "mdn" ? { ...spec, hidden: 13, components: 4 } : { ...spec, layers: 3, hidden: 13 };

const cases = flows.flatMap(({ kind, preset }) =>
  builds.flatMap((build) =>
    ([1, 2, 3, 5] as const).map((D) => {
      const plain = small(preset(D, 4));
      const spec: FlowSpec = D === 3 ? { ...plain, embedding } : plain;
      return { kind, build, D, spec };
    }),
  ),
);
const layered = cases.flatMap(({ spec, ...rest }) => (spec.kind === "mdn" ? [] : [{ ...rest, spec }]));

/** Differences do not see a ReLU's kink, and a unit that is off for all samples gets no gradient. */
const smooth = <S extends FlowSpec>(spec: S): S => ({ ...spec, activation: "tanh" });
const n = 300; // more than a chunk, and no multiple of 8
const x = normals(4, 7);

describe.each(layered)("$kind of $D dimensions, $build build: the latent variable", ({ build, D, spec }) => {
  const open = async (weights = bent(spec)) =>
    createFlow(await createEngine({ build, enableRelaxed }), weights);

  it("theta -> z -> theta is the identity", async () => {
    const flow = await open();
    const theta = normals(n * D, 3);
    const back = flow.fromLatent(flow.toLatent(theta, x), x).theta;
    // float32 through a few layers whose slopes are of order one
    expect(relativeError(back, theta)).toBeLessThan(2e-5);
  });

  it("the density is the normal density of z times the Jacobian determinant", async () => {
    const flow = await open(bent(smooth(spec)));
    const theta = normals(D * 5, 4);
    const logProb = flow.logProb(theta, x);
    for (let i = 0; i < 5; i++) {
      const point = theta.subarray(i * D, (i + 1) * D);
      const z = flow.toLatent(point, x);
      const base = z.reduce((sum, v) => sum - 0.5 * v * v, (-D / 2) * Math.log(2 * Math.PI));
      const logDet = Math.log(
        Math.abs(
          determinant(
            numericJacobian((p) => flow.toLatent(p, x), point),
            D,
          ),
        ),
      );
      // Differences of float32 values over steps of 0.01: 1e-4 from rounding, as much from curvature, in D entries.
      expect(Math.abs(logProb[i] - base - logDet)).toBeLessThan(2e-3 * D);
    }
  });

  it("draws are standard normal where they are mapped back", async () => {
    const flow = await open();
    const M = 4000;
    const z = flow.toLatent(flow.sample(x, M, { seed: 2 }).theta, x);
    const mean = z.reduce((a, b) => a + b, 0) / z.length;
    const square = z.reduce((a, b) => a + b * b, 0) / z.length;
    // Five standard errors: a false alarm is rarer than 1 in 10^6, and the seed is fixed.
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(M * D));
    expect(Math.abs(square - 1)).toBeLessThan(5 * Math.sqrt(2 / (M * D)));
  });

  it("theta_d changes only the z that come from dimensions d and later", async () => {
    const one = { ...spec, layers: 1 };
    const flow = await open(bent(one));
    const [order] = bent(one).permutations;
    const theta = normals(D, 5);
    const z = flow.toLatent(theta, x);
    for (let d = 0; d < D; d++) {
      const moved = flow.toLatent(
        theta.map((v, i) => (i === d ? v + 0.3 : v)),
        x,
      );
      for (let k = 0; k < d; k++) expect(moved[order[k]]).toBe(z[order[k]]);
      expect(moved[order[d]]).not.toBe(z[order[d]]);
    }
  });
});

describe.each(cases)("$kind of $D dimensions, $build build", ({ build, D, spec }) => {
  const open = async (weights: FlowWeights = bent(spec)) =>
    createEstimator(await createEngine({ build, enableRelaxed }), weights);

  it("draws carry the density that the flow gives them", async () => {
    const flow = await open();
    const { theta, logProb } = flow.sample(x, n, { seed: 1 });
    expect(relativeError(logProb, flow.logProb(theta, x))).toBeLessThan(1e-5);
  });

  it("a part of the draws is the same, bit for bit, whatever is drawn around it", async () => {
    const flow = await open();
    const all = flow.sample(x, 700, { seed: 3, name: "a", index: 2 });
    const part = flow.sample(x, 333, { seed: 3, name: "a", index: 2, first: 251 });
    expect([...part.theta]).toEqual([...all.theta.subarray(251 * D, 584 * D)]);
    expect([...part.logProb]).toEqual([...all.logProb.subarray(251, 584)]);
    expect(flow.sample(x, 8, { seed: 3, name: "b", index: 2 }).theta).not.toEqual(
      all.theta.subarray(0, 8 * D),
    );
    expect(flow.sample(x, 8, { seed: 3, name: "a", index: 3 }).theta).not.toEqual(
      all.theta.subarray(0, 8 * D),
    );
  });

  it("an x for every row gives what one x for all gives", async () => {
    const flow = await open();
    const theta = normals(n * D, 5);
    const many = Float64Array.from({ length: n * 4 }, (_, i) => x[i % 4]);
    expect(relativeError(flow.logProb(theta, many), flow.logProb(theta, x))).toBeLessThan(1e-6);
  });

  it("x matters", async () => {
    const flow = await open();
    const theta = normals(D, 5);
    const other = x.map((v) => v + 0.5);
    expect(flow.logProb(theta, other)[0]).not.toBeCloseTo(flow.logProb(theta, x)[0], 3);
  });

  it("a saved flow gives the same bits when it is loaded", async () => {
    const weights = bent(spec);
    const theta = normals(n * D, 5);
    const loaded = await open(decodeFlow(encodeFlow(weights)).weights);
    expect([...loaded.logProb(theta, x)]).toEqual([...(await open(weights)).logProb(theta, x)]);
  });

  it("the gradient reaches every weight that is not masked, and no masked one", async () => {
    const engine = await createEngine({ build, enableRelaxed });
    const M = 2000; // enough for samples in every bin of every spline
    const { network, gradients } = gradientsOf(
      engine,
      bent(smooth(spec)),
      normals(M * D, 1),
      normals(M * 4, 2),
    );
    for (const { name, rows, columns, mask } of network.store.list) {
      const gradient = gradients[name];
      const wrong = Array.from(gradient.keys()).filter((i) => (gradient[i] !== 0) !== (mask?.[i] !== 0));
      expect(wrong, `${name} (${rows}, ${columns})`).toEqual([]);
    }
    const norm = Math.hypot(...Object.values(gradients).map((g) => Math.hypot(...g)));
    const squares = floats(engine.memory, network.store.squares, network.store.blocks);
    expect(gradientNorm(squares) / norm).toBeCloseTo(1, 5);
  });
});

describe.each(flows.map(({ kind, preset }) => ({ kind, preset })))("$kind", ({ preset }) => {
  it.each([1, 2])("the density over %i dimensions integrates to one", async (D) => {
    const flow = createEstimator(
      await createEngine({ build: "plain" }),
      bent(smooth({ ...preset(D, 3), hidden: 16 })),
    );
    const [side, half] = D === 1 ? [8001, 20] : [801, 10];
    const step = (2 * half) / (side - 1);
    const theta = Float64Array.from({ length: side ** D * D }, (_, i) => {
      const [point, d] = [Math.floor(i / D), i % D];
      return -half + step * (Math.floor(point / side ** d) % side);
    });
    const logProb = flow.logProb(theta, normals(3, 1));
    const integral = logProb.reduce((sum, l) => sum + Math.exp(l), 0) * step ** D;
    // The density vanishes at the edges, so trapezoids err by float32 alone where it is smooth; splines have kinks in it.
    expect(Math.abs(integral - 1)).toBeLessThan(5e-4);
  });
});

function numericJacobian(f: (theta: Float64Array) => Float32Array, theta: Float64Array): Float64Array {
  const D = theta.length;
  const step = 0.005;
  const jacobian = new Float64Array(D * D);
  for (let d = 0; d < D; d++) {
    const [up, down] = [step, -step].map((h) => f(theta.map((v, i) => (i === d ? v + h : v))));
    for (let k = 0; k < D; k++) jacobian[k * D + d] = (up[k] - down[k]) / (2 * step);
  }
  return jacobian;
}

/** By elimination with row exchange. */
function determinant(matrix: Float64Array, n: number): number {
  const a = matrix.slice();
  let product = 1;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i * n + k]) > Math.abs(a[pivot * n + k])) pivot = i;
    if (pivot !== k) product = -product;
    for (let j = 0; j < n; j++) [a[k * n + j], a[pivot * n + j]] = [a[pivot * n + j], a[k * n + j]];
    product *= a[k * n + k];
    for (let i = k + 1; i < n; i++) {
      const factor = a[i * n + k] / a[k * n + k];
      for (let j = k; j < n; j++) a[i * n + j] -= factor * a[k * n + j];
    }
  }
  return product;
}
