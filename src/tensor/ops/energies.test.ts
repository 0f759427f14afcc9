import { describe, expect, it } from "vitest";
import * as reference from "../reference.ts";
import { builds, normals, relativeError, workbench } from "../workbench.fixture.ts";
import { linear, mixtureEnergy, mixtureRaw, poissonEnergy } from "./index.ts";

// float32 sums of a few dozen terms: 1e-5 of the largest element forward, 1e-4 in gradients.
const FORWARD = 1e-5;
const BACKWARD = 1e-4;

const central = (f: (h: number) => number): number => (f(1e-5) - f(-1e-5)) / 2e-5;

/** Identity weights: a tensor that needs a gradient, equal to the data. */
const identity = (n: number) => Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));

describe.each(builds)("%s kernels", (build) => {
  it.each([
    [1, 1],
    [1, 4],
    [2, 3],
    [5, 10],
  ] as const)(
    "the energy of a mixture over %i dimensions of %i components, and its gradient, agree with float64",
    async (D, K) => {
      const n = 21;
      const R = K * mixtureRaw(D);
      const [theta, raw, g] = [normals(n * D, 1), normals(n * R, 2), normals(n, 3)];
      const bench = await workbench(build, n, [{ name: "w", rows: R, columns: R }]);
      const data = { ...bench.input(theta) };
      const input = { ...data, buffer: { ...data.buffer, needsGradient: false } };
      const given = linear(bench.tape, bench.input(raw), bench.parameter("w", identity(R)));
      const energy = mixtureEnergy(bench.tape, input, given, K);
      bench.run(energy, g, 2);
      const exact = reference.mixtureEnergy(theta, raw, D, K);
      expect(relativeError(bench.values(energy), exact)).toBeLessThan(FORWARD);
      const expected = raw.map((v, i) => {
        const row = Math.floor(i / R);
        const own = raw.slice(row * R, (row + 1) * R);
        const at = (h: number) => {
          own[i % R] = v + h;
          return reference.mixtureEnergy(theta.subarray(row * D, (row + 1) * D), own, D, K)[0];
        };
        return g[row] * central(at);
      });
      expect(relativeError(bench.gradient(given), expected)).toBeLessThan(BACKWARD);
    },
  );

  it("a Poisson likelihood and its gradient agree with float64", async () => {
    const [n, C, scale] = [13, 9, 0.25];
    const [r, g] = [normals(n * C, 1), normals(n, 3)];
    const x = normals(n * C, 2).map((v) => Math.floor(Math.abs(3 * v)));
    const bench = await workbench(build, n, [{ name: "w", rows: C, columns: C }]);
    const data = bench.input(x);
    const counts = { ...data, buffer: { ...data.buffer, needsGradient: false } };
    const rate = linear(bench.tape, bench.input(r), bench.parameter("w", identity(C)));
    const energy = poissonEnergy(bench.tape, rate, counts, scale);
    bench.run(energy, g, 2);
    expect(relativeError(bench.values(energy), reference.poissonEnergy(r, x, C, scale))).toBeLessThan(
      FORWARD,
    );
    const expected = r.map((v, i) => g[Math.floor(i / C)] * scale * (Math.exp(v) - x[i]));
    expect(relativeError(bench.gradient(rate), expected)).toBeLessThan(BACKWARD);
  });
});
