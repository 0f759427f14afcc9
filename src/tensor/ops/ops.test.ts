import { describe, expect, it } from "vitest";
import { words } from "../memory.ts";
import * as reference from "../reference.ts";
import { view } from "../tape.ts";
import { builds, normals, relativeError, workbench } from "../workbench.fixture.ts";
import { activation, add, affine, linear, normalEnergy, spline } from "./index.ts";

// float32 sums of a few hundred terms: 1e-5 of the largest element forward, 1e-4 in gradients.
const FORWARD = 1e-5;
const BACKWARD = 1e-4;

/** n rows, K inputs, N outputs: every remainder of the 4x8 blocks, one sample, one input, one output. */
const SHAPES = [
  [1, 1, 1],
  [3, 2, 3],
  [8, 4, 8],
  [13, 5, 2],
  [50, 50, 50],
  [17, 7, 6],
  [64, 33, 41],
  [9, 64, 10],
] as const;

describe.each(builds)("%s kernels", (build) => {
  it.each(SHAPES)(
    "a linear layer of %i rows, %i inputs and %i outputs agrees with float64",
    async (n, K, N) => {
      const [x, W, b, g] = [normals(n * K, 1), normals(K * N, 2), normals(N, 3), normals(n * N, 4)];
      const declared = [
        { name: "w", rows: K, columns: N },
        { name: "b", rows: 1, columns: N },
      ];
      const bench = await workbench(build, n, declared);
      const input = bench.input(x);
      const y = linear(bench.tape, input, bench.parameter("w", W), { bias: bench.parameter("b", b) });
      bench.run(y, g, 2);
      const exact = reference.linearBackward(g, x, W, K);
      expect(relativeError(bench.values(y), reference.linear(x, W, b, K))).toBeLessThan(FORWARD);
      expect(relativeError(bench.gradient(input), exact.gx)).toBeLessThan(BACKWARD);
      expect(relativeError(bench.gradientOf("w"), exact.gW)).toBeLessThan(BACKWARD);
      expect(relativeError(bench.gradientOf("b"), exact.gb)).toBeLessThan(BACKWARD);
    },
  );

  it("squares of the gradient's blocks add up to its squared norm", async () => {
    const [n, K, N] = [20, 9, 21];
    const bench = await workbench(build, n, [{ name: "w", rows: K, columns: N }]);
    const y = linear(bench.tape, bench.input(normals(n * K, 1)), bench.parameter("w", normals(K * N, 2)));
    bench.run(y, normals(n * N, 3));
    const squares = new Float32Array(bench.engine.memory.buffer, bench.store.squares, bench.store.blocks);
    const norm = bench.gradientOf("w").reduce((sum, v) => sum + v * v, 0);
    expect(squares.reduce((a, v) => a + v, 0) / norm).toBeCloseTo(1, 5);
  });

  it("a masked weight acts and learns as if its masked entries were not there", async () => {
    const [n, K, N] = [11, 6, 13];
    // A staircase, as in autoregressive networks: column c sees the rows up to c/2.
    const mask = Float32Array.from({ length: K * N }, (_, i) => (Math.floor(i / N) <= (i % N) / 2 ? 1 : 0));
    const [x, g] = [normals(n * K, 1), normals(n * N, 3)];
    const W = normals(K * N, 2).map((v, i) => v * mask[i]);
    const bench = await workbench(build, n, [{ name: "w", rows: K, columns: N, mask }]);
    const input = bench.input(x);
    const y = linear(bench.tape, input, bench.parameter("w", normals(K * N, 2)));
    bench.run(y, g);
    const exact = reference.linearBackward(g, x, W, K);
    expect(relativeError(bench.values(y), reference.linear(x, W, new Float64Array(N), K))).toBeLessThan(
      FORWARD,
    );
    expect(relativeError(bench.gradient(input), exact.gx)).toBeLessThan(BACKWARD);
    const gW = exact.gW.map((v, i) => v * mask[i]);
    expect(relativeError(bench.gradientOf("w"), gW)).toBeLessThan(BACKWARD);
  });

  it("contributions add where a tensor, a view of it and a weight are used twice", async () => {
    const [n, K] = [10, 6];
    const [x, W, g] = [normals(n * K, 1), normals(K * K, 2, 0.4), normals(n * 3, 3)];
    const V = normals(3 * 3, 4);
    const bench = await workbench(build, n, [
      { name: "w", rows: K, columns: K },
      { name: "v", rows: 3, columns: 3 },
    ]);
    const [w, v] = [bench.parameter("w", W), bench.parameter("v", V)];
    const input = bench.input(x);
    // y = (x W) W; out = y[1..3] V + y[2..4] V: overlapping views, both weights twice
    const y = linear(bench.tape, linear(bench.tape, input, w), w);
    const left = linear(bench.tape, view(y, 1, 3), v);
    const right = linear(bench.tape, view(y, 2, 3), v);
    const out = add(bench.tape, left, right);
    bench.run(out, g);

    const zero = new Float64Array(K);
    const h = reference.linear(x, W, zero, K);
    const yy = reference.linear(h, W, zero, K);
    const columns = (first: number) => {
      return Float64Array.from({ length: n * 3 }, (_, i) => yy[Math.floor(i / 3) * K + first + (i % 3)]);
    };
    const [a, b] = [columns(1), columns(2)].map((part) => reference.linearBackward(g, part, V, 3));
    const gy = new Float64Array(n * K);
    for (let i = 0; i < n * 3; i++) {
      gy[Math.floor(i / 3) * K + 1 + (i % 3)] += a.gx[i];
      gy[Math.floor(i / 3) * K + 2 + (i % 3)] += b.gx[i];
    }
    const second = reference.linearBackward(gy, h, W, K);
    const first = reference.linearBackward(second.gx, x, W, K);
    expect(
      relativeError(
        bench.gradientOf("v"),
        a.gW.map((value, i) => value + b.gW[i]),
      ),
    ).toBeLessThan(BACKWARD);
    const both = first.gW.map((value, i) => value + second.gW[i]);
    expect(relativeError(bench.gradientOf("w"), both)).toBeLessThan(BACKWARD);
    expect(relativeError(bench.gradient(input), first.gx)).toBeLessThan(BACKWARD);
  });

  it("a product added into a view passes its gradient on to what the view held before", async () => {
    const [n, K] = [12, 5];
    const [x, t] = [normals(n * K, 1), normals(n * 2, 2)];
    const [W, V] = [normals(K * 9, 3), normals(2 * 4, 4)];
    const g = normals(n * 9, 5);
    const bench = await workbench(build, n, [
      { name: "w", rows: K, columns: 9 },
      { name: "v", rows: 2, columns: 4 },
    ]);
    const [input, extra] = [bench.input(x), bench.input(t)];
    const y = linear(bench.tape, input, bench.parameter("w", W));
    const part = linear(bench.tape, extra, bench.parameter("v", V), { into: view(y, 3, 4) });
    activation(bench.tape, part, "tanh");
    bench.run(y, g);

    const before = reference.linear(x, W, new Float64Array(9), K);
    const added = reference.linear(t, V, new Float64Array(4), 2);
    const inView = (i: number) => i % 9 >= 3 && i % 9 < 7;
    const sum = before.map((v, i) => (inView(i) ? v + added[Math.floor(i / 9) * 4 + (i % 9) - 3] : v));
    const values = sum.map((v, i) => (inView(i) ? Math.tanh(v) : v));
    const gSum = g.map((v, i) => (inView(i) ? v * (1 - Math.tanh(sum[i]) ** 2) : v));
    const gPart = Float64Array.from({ length: n * 4 }, (_, i) => gSum[Math.floor(i / 4) * 9 + 3 + (i % 4)]);
    expect(relativeError(bench.values(y), values)).toBeLessThan(FORWARD);
    const exact = reference.linearBackward(gSum, x, W, K);
    expect(relativeError(bench.gradientOf("w"), exact.gW)).toBeLessThan(BACKWARD);
    expect(relativeError(bench.gradient(input), exact.gx)).toBeLessThan(BACKWARD);
    const small = reference.linearBackward(gPart, t, V, 2);
    expect(relativeError(bench.gradientOf("v"), small.gW)).toBeLessThan(BACKWARD);
    expect(relativeError(bench.gradient(extra), small.gx)).toBeLessThan(BACKWARD);
  });

  it.each(["tanh", "relu", "silu"] as const)("%s and its derivative agree with float64", async (name) => {
    const n = 23;
    const x = normals(n * 7, 1, 3).map((v, i) => (i === 0 ? 40 : i === 1 ? -40 : v));
    const g = normals(n * 7, 2);
    const bench = await workbench(build, n);
    const input = bench.input(x);
    const y = activation(bench.tape, input, name);
    bench.run(y, g);
    expect(relativeError(bench.values(y), reference.activation(name, x))).toBeLessThan(FORWARD);
    // The seed of an activation in place is its own gradient buffer.
    const gx = bench.gradient(input);
    expect(relativeError(gx, reference.activationBackward(name, g, x))).toBeLessThan(BACKWARD);
  });

  it.each([1, 2, 3, 5])(
    "an affine transform of %i dimensions and its energy agree with float64",
    async (D) => {
      const n = 21;
      const [x, raw, g] = [normals(n * D, 1), normals(n * 2 * D, 2, 2), normals(n, 3)];
      const permutation = Array.from({ length: D }, (_, d) => (d + 1) % D);
      const bench = await workbench(build, n);
      const place = bench.engine.arena.floats(D);
      words(bench.engine.memory, place, D).set(permutation);
      const [input, conditioner] = [bench.input(x), bench.input(raw)];
      const { z, logDet } = affine(bench.tape, input, conditioner, place);
      const energy = normalEnergy(bench.tape, z, logDet);
      bench.run(energy, g);
      const exact = reference.affine(x, raw, permutation);
      expect(relativeError(bench.values(z), exact.z)).toBeLessThan(FORWARD);
      expect(relativeError(bench.values(logDet), exact.logDet)).toBeLessThan(FORWARD);
      const energies = reference.normalEnergy(exact.z, exact.logDet);
      expect(relativeError(bench.values(energy), energies)).toBeLessThan(FORWARD);
      const { gz, gLogDet } = reference.normalEnergyBackward(g, exact.z);
      const { gx, gRaw } = reference.affineBackward(gz, gLogDet, x, raw, permutation);
      expect(relativeError(bench.gradient(input), gx)).toBeLessThan(BACKWARD);
      expect(relativeError(bench.gradient(conditioner), gRaw)).toBeLessThan(BACKWARD);
    },
  );

  it("a spline, its slope and its gradients agree with float64 inside and outside its tails", async () => {
    const [n, D, K, tail] = [40, 2, 8, 3];
    const R = 3 * K - 1;
    const [x, raw, g] = [normals(n * D, 1, 2), normals(n * R * D, 2), normals(n, 3)];
    const permutation = [1, 0];
    const bench = await workbench(build, n);
    const place = bench.engine.arena.floats(D);
    words(bench.engine.memory, place, D).set(permutation);
    const [input, conditioner] = [bench.input(x), bench.input(raw)];
    const { z, logDet } = spline(bench.tape, input, conditioner, place, { bins: K, tail });
    bench.run(normalEnergy(bench.tape, z, logDet), g);

    /** Term of one sample and dimension in sum g (z^2/2 - logDet). */
    const term = (i: number, value: number, u: ArrayLike<number>): number => {
      const exact = reference.spline(value, u, K, tail);
      return g[Math.floor(i / D)] * (0.5 * exact.z ** 2 - exact.logDet);
    };
    const central = (f: (h: number) => number): number => (f(1e-5) - f(-1e-5)) / 2e-5;
    const [values, slopes] = [new Float64Array(n * D), new Float64Array(n)];
    const [gx, gRaw] = [new Float64Array(n * D), new Float64Array(n * D * R)];
    for (let i = 0; i < n * D; i++) {
      const u = raw.subarray(i * R, (i + 1) * R);
      const exact = reference.spline(x[i], u, K, tail);
      const row = Math.floor(i / D);
      values[row * D + permutation[i % D]] = exact.z;
      slopes[row] += exact.logDet;
      gx[i] = central((h) => term(i, x[i] + h, u));
      for (let k = 0; k < R; k++)
        gRaw[i * R + k] = central((h) =>
          term(
            i,
            x[i],
            u.map((v, j) => (j === k ? v + h : v)),
          ),
        );
    }
    expect(x.some((v) => Math.abs(v) > tail)).toBe(true);
    expect(relativeError(bench.values(z), values)).toBeLessThan(FORWARD);
    // Logarithms of ratios of small differences: a few times the rounding of the rest.
    expect(relativeError(bench.values(logDet), slopes)).toBeLessThan(5 * FORWARD);
    expect(relativeError(bench.gradient(input), gx)).toBeLessThan(5 * BACKWARD);
    expect(relativeError(bench.gradient(conditioner), gRaw)).toBeLessThan(5 * BACKWARD);
  });
});

it("changing a tensor in place after it has been read is refused", async () => {
  const bench = await workbench("plain", 4, [{ name: "w", rows: 2, columns: 2 }]);
  const x = bench.input(normals(8, 1));
  linear(bench.tape, x, bench.parameter("w"));
  expect(() => activation(bench.tape, x, "tanh")).toThrow(/changed in place/);
});
