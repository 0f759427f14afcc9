import { describe, expect, it } from "vitest";
import { readNumbers, readVariable, tables } from "./column.ts";
import { headerNumber, headerText } from "./header.ts";
import { parseFits } from "./read.ts";
import { setShortColumns } from "./set-column.ts";
import { writeFits } from "./write.ts";

const arrays = { start: Int32Array.of(0, 2, 2, 3), values: Float32Array.of(1.5, -2, 1e-30) };
const counts = { name: "COUNTS", type: "J" as const, values: [5, 7, 9] };
const file = writeFits([
  { name: "FIRST", rows: 1, columns: [{ name: "A", type: "D", values: [1] }] },
  {
    name: "SPECTRUM",
    rows: 3,
    columns: [counts, { name: "V", type: "E", arrays }, { name: "QUALITY", type: "I", values: [0, 5, 0] }],
    keywords: [
      { key: "MJD-OBS", value: 58000.5 },
      { key: "GROUPING", value: 0, comment: "none" },
      { key: "CHECKSUM", value: "abc" },
    ],
  },
  { name: "GTI", rows: 1, columns: [{ name: "START", type: "D", values: [12.5] }] },
]);
const spectrumOf = (bytes: Uint8Array) => tables(parseFits(bytes, "x"))[1];
const column = (bytes: Uint8Array, name: string) => {
  const table = spectrumOf(bytes);
  const found = table.columns.filter((one) => one.name === name);
  expect(found).toHaveLength(1);
  return Array.from(readNumbers(table, found[0]));
};

describe("a column that is put into a table", () => {
  const grouping = Int16Array.of(1, -1, 1);
  const changed = setShortColumns(file, spectrumOf(file), [{ name: "GROUPING", values: grouping }], {
    history: ["grouped"],
  });

  it("is added behind the others where it is new, and all else is kept", () => {
    expect(column(changed, "GROUPING")).toEqual([1, -1, 1]);
    expect(column(changed, "COUNTS")).toEqual([5, 7, 9]);
    expect(column(changed, "QUALITY")).toEqual([0, 5, 0]);
    const table = spectrumOf(changed);
    expect(readVariable(table, table.columns[1])).toEqual(arrays);
    expect(headerNumber(table.header, "MJD-OBS")).toBe(58000.5);
    const [first, , gti] = tables(parseFits(changed, "x"));
    expect([first.name, gti.name, readNumbers(gti, gti.columns[0])[0]]).toEqual(["FIRST", "GTI", 12.5]);
  });

  it("takes the place of a keyword of its name, and drops the checksum that no longer holds", () => {
    const { header } = spectrumOf(changed);
    expect(header.has("GROUPING")).toBe(false);
    expect(headerText(header, "CHECKSUM")).toBeUndefined();
  });

  it("replaces the values where it is there, without moving a byte of anything else", () => {
    const again = setShortColumns(changed, spectrumOf(changed), [
      { name: "GROUPING", values: Int16Array.of(1, 1, 1) },
    ]);
    expect(again.length).toBe(changed.length);
    expect(column(again, "GROUPING")).toEqual([1, 1, 1]);
    const back = setShortColumns(again, spectrumOf(again), [{ name: "GROUPING", values: grouping }]);
    expect(back).toEqual(changed);
  });

  it("keeps the width of an integer column of another type", () => {
    const wide = setShortColumns(file, spectrumOf(file), [
      { name: "COUNTS", values: Int16Array.of(1, 2, -3) },
    ]);
    expect(column(wide, "COUNTS")).toEqual([1, 2, -3]);
    expect(wide.length).toBe(file.length);
  });

  it("is refused where a column of that name holds something else", () => {
    expect(() =>
      setShortColumns(file, spectrumOf(file), [{ name: "V", values: Int16Array.of(1, 2, 3) }]),
    ).toThrow(/not one plain integer a row/);
  });
});
