import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { type BandMatrix, createPhysicsKernels, foldBytes } from "./physics.ts";
import { foldReference } from "./physics-reference.ts";

const kernels = createPhysicsKernels({ memoryBytes: 32 * 2 ** 20 });

/** A matrix with the given runs and elements between 0.01 and 1.01. */
function bandOf(runs: readonly (readonly [start: number, length: number])[], columns: number): BandMatrix {
  const rng = stream(2, "fold test");
  const offset = new Int32Array(runs.length + 1);
  runs.forEach(([, length], c) => {
    offset[c + 1] = offset[c] + length;
  });
  return {
    start: Int32Array.from(runs, ([start]) => start),
    length: Int32Array.from(runs, ([, length]) => length),
    offset,
    values: Float64Array.from({ length: offset[runs.length] }, () => 0.01 + rng.uniform()),
    columns,
  };
}

function spectra(n: number, columns: number): Float64Array {
  const rng = stream(3, "fold test");
  return Float64Array.from({ length: n * columns }, () => 10 ** (6 * rng.uniform() - 3));
}

/** A diagonal with tails to low energies, as a CCD's response restricted to its bins. */
const ccd = bandOf(
  Array.from({ length: 45 }, (_, c) => [13 * c, 613 - 13 * c] as const),
  613,
);
const shapes: readonly (readonly [string, BandMatrix])[] = [
  ["a diagonal with low-energy tails", ccd],
  [
    "runs far apart, empty runs, fewer bins than a group",
    bandOf(
      [
        [600, 7],
        [0, 0],
        [3, 1],
      ],
      700,
    ),
  ],
  ["one bin over all energies", bandOf([[0, 257]], 257)],
  [
    "no energies in any bin",
    bandOf(
      [
        [0, 0],
        [5, 0],
      ],
      9,
    ),
  ],
  [
    "narrow overlapping lines in no order",
    bandOf(
      [
        [40, 9],
        [0, 4],
        [33, 12],
        [7, 5],
        [20, 1],
        [64, 2],
      ],
      66,
    ),
  ],
];

describe.each([
  // Sums of positive terms in blocks: 256 terms and a few blocks; errors add as a random walk, far below 256
  // ulp.
  { precision: "float64", tolerance: 1e-13 },
  // Rounding of both factors (6e-8 each) and of the sums.
  { precision: "float32", tolerance: 1e-6 },
] as const)("the banded fold in $precision", ({ precision, tolerance }) => {
  it.each(shapes)("agrees with the plain sums for %s, for every number of spectra", (_, band) => {
    const rows = band.start.length;
    const fold = kernels.createFold(band, { precision });
    for (const n of [1, 2, 3, 4, 7, 8, 9, 16, 21]) {
      const photons = spectra(n, band.columns);
      const out = new Float64Array(n * rows).fill(-1);
      const expected = new Float64Array(n * rows);
      fold.fold(out, photons, n);
      foldReference(expected, band, photons, n);
      const error = expected.map((value, i) => Math.abs(out[i] - value) / (value || 1));
      expect(Math.max(...error)).toBeLessThan(tolerance);
    }
    fold.dispose();
  });

  it("gives a spectrum the same bits alone, in any place of a batch, in and out of the kernels' memory", () => {
    const fold = kernels.createFold(ccd, { precision });
    const [n, rows, columns] = [21, ccd.start.length, ccd.columns];
    const photons = spectra(n, columns);
    const together = new Float64Array(n * rows);
    fold.fold(together, photons, n);
    const alone = new Float64Array(n * rows);
    for (let i = 0; i < n; i++) fold.fold(alone.subarray(i * rows), photons.subarray(i * columns), 1);
    expect(alone).toEqual(together);
    const placed = kernels.vector.alloc(n * columns);
    const out = kernels.vector.alloc(n * rows);
    placed.set(photons);
    fold.fold(out, placed, n);
    expect([...out]).toEqual([...together]);
    kernels.release(placed);
    kernels.release(out);
    fold.dispose();
  });

  it("is linear: twice the photons give exactly twice the counts", () => {
    const fold = kernels.createFold(ccd, { precision });
    const photons = spectra(8, ccd.columns);
    const once = new Float64Array(8 * ccd.start.length);
    const twice = new Float64Array(8 * ccd.start.length);
    fold.fold(once, photons, 8);
    fold.fold(
      twice,
      photons.map((x) => 2 * x),
      8,
    );
    expect(twice).toEqual(once.map((x) => 2 * x));
    fold.dispose();
  });

  it("carries a NaN of the model into the spectrum that it belongs to, and no further", () => {
    const fold = kernels.createFold(ccd, { precision });
    const rows = ccd.start.length;
    const photons = spectra(8, ccd.columns);
    photons[3 * ccd.columns + 600] = Number.NaN;
    const out = new Float64Array(8 * rows);
    fold.fold(out, photons, 8);
    expect(
      Array.from({ length: 8 }, (_, i) => out.subarray(i * rows, (i + 1) * rows).every(Number.isFinite)),
    ).toEqual([true, true, true, false, true, true, true, true]);
    fold.dispose();
  });
});

describe("a matrix", () => {
  it("fits, with its scratch, into the memory that foldBytes names beside the constants, for any number of spectra", () => {
    for (const precision of ["float64", "float32"] as const) {
      const run = (memoryBytes: number) => {
        const small = createPhysicsKernels({ memoryBytes });
        const fold = small.createFold(ccd, { precision });
        fold.fold(new Float64Array(40 * fold.rows), spectra(40, fold.columns), 40);
      };
      const bytes = foldBytes(ccd, { precision });
      expect(() => run(2 ** 16 + bytes)).not.toThrow();
      expect(() => run(bytes / 2)).toThrow("full");
    }
  });

  it("whose run leaves its columns is refused", () => {
    const band = { ...bandOf([[0, 5]], 5), columns: 4 };
    expect(() => kernels.createFold(band)).toThrow("row 0 leaves the band matrix of 4 columns");
  });

  it("that does not fit into the memory is refused with the way out, and leaves the memory as it was", () => {
    const small = createPhysicsKernels({ memoryBytes: 2 ** 16 });
    expect(() => small.createFold(ccd)).toThrow("larger memoryBytes");
    expect(() => small.vector.alloc(7500)).not.toThrow();
  });
});
