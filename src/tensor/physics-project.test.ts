import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { createPhysicsKernels, type Projection } from "./physics.ts";
import { projectReference } from "./physics-reference.ts";

const kernels = createPhysicsKernels({ memoryBytes: 8 * 2 ** 20 });
const [n, bins] = [131, 95];
const rng = stream(9, "project test");
const mu = Float64Array.from({ length: n * bins }, () => 10 ** (4 * rng.uniform() - 1));
const key = { seed: 10, name: "project", firstIndex: 12 };

function basisOf(columns: number): Float64Array {
  return Float64Array.from({ length: bins * columns }, () => rng.normal());
}

function room(columns: number): Projection {
  return { features: new Float64Array(n * columns), totals: new Float64Array(n) };
}

describe("projections of counts", () => {
  it.each([1, 2, 3, 4, 7, 8, 11, 12, 19])(
    "on %d columns are those of the plain sums, bit for bit",
    (columns) => {
      const counts = new Float64Array(n * bins);
      kernels.poisson(counts, mu, n, key);
      const basis = basisOf(columns);
      const [out, expected] = [room(columns), room(columns)];
      kernels.project(out, counts, basis, n);
      projectReference(expected, counts, basis, n);
      expect(out).toEqual(expected);
      kernels.project(out, Float32Array.from(counts), basis, n);
      expect(out).toEqual(expected);
    },
  );

  it("of fresh draws are those of the counts that poisson gives, however the rows are cut", () => {
    const basis = basisOf(5);
    const counts = new Float64Array(n * bins);
    kernels.poisson(counts, mu, n, key);
    const [out, expected] = [room(5), room(5)];
    kernels.project(expected, counts, basis, n);
    kernels.drawAndProject(out, mu, basis, n, key);
    expect(out).toEqual(expected);
    for (let first = 0; first < n; first += 50) {
      const rows = Math.min(50, n - first);
      const part = { features: out.features.subarray(first * 5), totals: out.totals.subarray(first) };
      const means = mu.subarray(first * bins, (first + rows) * bins);
      kernels.drawAndProject(part, means, basis, rows, { ...key, firstIndex: key.firstIndex + first });
    }
    expect(out).toEqual(expected);
  });

  it("name the bin of a mean that cannot be drawn", () => {
    const bad = mu.slice();
    bad[100 * bins + 94] = Number.NaN;
    expect(() => kernels.drawAndProject(room(2), bad, basisOf(2), n, key)).toThrow(
      "found NaN in bin 94 of spectrum 100",
    );
  });

  it("do not leave scratch behind: a small memory lasts for ever, errors included", () => {
    const small = createPhysicsKernels({ memoryBytes: 2 ** 19 });
    const basis = basisOf(3);
    const bad = mu.slice(0, bins).fill(-1);
    for (let i = 0; i < 50; i++) {
      small.drawAndProject(room(3), mu, basis, n, key);
      small.project(room(3), mu, basis, n);
      expect(() => small.drawAndProject(room(3), bad, basis, 1, key)).toThrow("found -1");
    }
  });
});
