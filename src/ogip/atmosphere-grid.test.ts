import { describe, expect, it } from "vitest";
import { writeFits } from "../fits/index.ts";
import { atmosphereFile, type FixtureChanges } from "./atmosphere-grid.fixture.ts";
import { readAtmosphereGrid } from "./atmosphere-grid.ts";

const GRID = {
  form: "nsatmos" as const,
  temperatures: Float64Array.of(5, 6),
  gravities: Float64Array.of(13, 14, 15),
  cosines: Float64Array.of(0, 0.5),
  energies: Float64Array.of(0.125, 1, 8),
  // 12 spectra, each of its own
  logFlux: Float32Array.from({ length: 36 }, (_, i) => i),
};
const read = (changes: FixtureChanges = {}) => readAtmosphereGrid(atmosphereFile(GRID, changes), "a.fits");

describe("the file of nsatmos", () => {
  it.each([true, false])("is read with the cosine fastest (arrays of a fixed length: %s)", async (fixed) => {
    expect(await read({ fixed })).toEqual({ ...GRID, file: "a.fits" });
  });

  it.each<[string, FixtureChanges, RegExp]>([
    [
      "a table is missing",
      { without: ["MODELINFO"] },
      /a\.fits: expected the grid of nsatmos with the tables MODELINFO and FLUX .*; found FLUX/,
    ],
    [
      "an axis is missing",
      { without: ["MODELINFO.GRAVITY"] },
      /\[MODELINFO\]: expected a column GRAVITY, found TEMP, MUCRIT, ENERGY/,
    ],
    ["rows have no labels", { without: ["FLUX.MUCRIT"] }, /\[FLUX\]: expected a column MUCRIT/],
    [
      "rows are missing",
      { rows: (rows) => rows.slice(1) },
      /11 spectra, but the grid of 2 x 3 x 2 values needs 12/,
    ],
    [
      "rows are in another order",
      { rows: (rows) => rows.toSorted((a, b) => a[2] - b[2]) },
      /row 2 is the spectrum of MUCRIT = 0, but that of 0\.5 belongs there \(MUCRIT runs fastest, TEMP slowest\)/,
    ],
    [
      "an axis does not ascend",
      { axes: { TEMP: [6, 5] } },
      /TEMP must have two or more values that ascend, found 6, 5/,
    ],
    ["an axis has one value", { axes: { MUCRIT: [0] } }, /MUCRIT must have two or more values/],
    ["energies begin at zero", { axes: { ENERGY: [0, 1, 8] } }, /ENERGY begins at 0 keV/],
    [
      "a spectrum is short",
      { spectrum: (values, row) => (row === 4 ? values.slice(1) : values) },
      /row 5 of FLUX: 2 numbers, expected 3/,
    ],
    [
      "a number is not finite",
      { spectrum: (values, row) => (row === 7 ? [1, Number.NaN, 2] : values) },
      /row 8 of FLUX: a number that is not finite/,
    ],
  ])("is refused where %s", async (_, changes, message) => {
    await expect(read(changes)).rejects.toThrow(message);
  });

  it("is refused where it is another table", async () => {
    const other = writeFits([
      { name: "SPECTRUM", rows: 1, columns: [{ name: "COUNTS", type: "J", values: [1] }] },
    ]);
    await expect(readAtmosphereGrid(other, "src.pha")).rejects.toThrow(/found SPECTRUM/);
  });
});
