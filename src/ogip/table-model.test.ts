import { describe, expect, it } from "vitest";
import { type FixtureTable, tableModelFile } from "./table-model.fixture.ts";
import { readTableModel } from "./table-model.ts";

const TABLE: FixtureTable = {
  name: "Hot gas!",
  axes: [
    { name: "kT", values: [0.5, 1, 2], logarithmic: true },
    { name: "Abund", values: [0, 1] },
  ],
  additional: ["Fe"],
  edges: [0.1, 1, 5, 10],
  redshift: true,
  limits: { above: 3 },
  spectrum: ([t, a], e, k) => 100 * k + 10 * t + a + e,
};
const read = (table: Partial<FixtureTable> = {}) =>
  readTableModel(tableModelFile({ ...TABLE, ...table }), "t.fits");

describe("a table model's file", () => {
  it("is read: name, axes, additional parameters, energies, spectra with the last parameter fastest", async () => {
    const table = await read();
    expect(table).toMatchObject({ name: "hot_gas", additive: true, redshift: true, scaled: false, above: 3 });
    expect(table.below).toBeUndefined();
    expect(
      table.axes.map(({ name, logarithmic, values }) => [name, logarithmic, Array.from(values)]),
    ).toEqual([
      ["kT", true, [0.5, 1, 2]],
      ["Abund", false, [0, 1]],
    ]);
    expect(table.additional.map(({ name }) => name)).toEqual(["Fe"]);
    // row 3: kT = 1, Abund = 1
    expect(Array.from(table.spectra.subarray(3 * 6, 4 * 6))).toEqual([11, 12, 13, 111, 112, 113]);
  });

  it.each<[string, Partial<FixtureTable>, RegExp]>([
    [
      "rows are missing",
      { rows: (rows) => rows.slice(1) },
      /5 spectra, but the grid of 3 x 2 values needs 6/,
    ],
    [
      "rows are in another order",
      { rows: (rows) => rows.toReversed() },
      /row 1 is the spectrum of Abund = 1, but that of 0 belongs there/,
    ],
    ["the number of values is wrong", { counts: 5 }, /NUMBVALS speaks of 5 values of kT, but VALUE holds 3/],
    [
      "values do not ascend",
      { axes: [{ name: "kT", values: [1, 0.5] }] },
      /the values of kT do not ascend: 1, 0\.5/,
    ],
    [
      "a logarithmic axis has a zero",
      { axes: [{ name: "kT", values: [0, 1], logarithmic: true }] },
      /kT is interpolated in its logarithm, but its values begin at 0/,
    ],
    [
      "energies do not ascend",
      { edges: [0.1, 1, 0.5, 10] },
      /energies must ascend without gaps; bin 2 goes from 1 to 0\.5/,
    ],
    [
      "a spectrum holds no number",
      { spectrum: (_, e) => (e === 1 ? Number.NaN : 1) },
      /row 1 of INTPSPEC: expected 3 finite numbers/,
    ],
  ])("is refused where %s", async (_what, change, message) => {
    await expect(read(change)).rejects.toThrow(message);
  });
});
