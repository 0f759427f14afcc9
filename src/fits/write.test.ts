import fc from "fast-check";
import { expect, it } from "vitest";
import { readNumbers, readStrings, readVariable, tables } from "./column.ts";
import { headerNumber, headerText } from "./header.ts";
import { parseFits } from "./read.ts";
import { writeFits } from "./write.ts";
import { formatCard } from "./write-card.ts";

const roundTrip = (...args: Parameters<typeof writeFits>) => tables(parseFits(writeFits(...args), "x"));

it("what is written is read back: numbers, arrays, text and keywords", () => {
  const arrays = { start: Int32Array.of(0, 0, 3), values: Float32Array.of(1.5, -2, 1e-30) };
  const [table] = roundTrip([
    {
      name: "CHAIN",
      rows: 2,
      columns: [
        { name: "norm__3", type: "D", unit: "keV", values: [Math.PI, -1e-300] },
        { name: "PAIR", type: "I", repeat: 2, values: [1, -2, 32767, -32768], minimum: -5 },
        { name: "B", type: "B", values: [0, 255] },
        { name: "V", type: "E", arrays },
        { name: "W", type: "J", arrays: { start: Int32Array.of(0, 1, 2), values: [7, 8] } },
        { name: "NAME", type: "A", repeat: 5, texts: ["ab", "toolong"] },
      ],
      keywords: [
        { key: "TEMPR001", value: 1e-7 },
        { key: "POISSERR", value: true },
        { key: "ABSENT", value: undefined },
      ],
    },
  ]);
  const [d, i, b, v, w, a] = table.columns;
  expect(Array.from(readNumbers(table, d))).toEqual([Math.PI, -1e-300]);
  expect(Array.from(readNumbers(table, i))).toEqual([1, -2, 32767, -32768]);
  expect(i.minimum).toBe(-5);
  expect(Array.from(readNumbers(table, b))).toEqual([0, 255]);
  expect(readVariable(table, v)).toEqual(arrays);
  expect(Array.from(readVariable(table, w).values)).toEqual([7, 8]);
  expect(readStrings(table, a)).toEqual(["ab", "toolo"]);
  expect([table.name, d.unit, headerNumber(table.header, "TEMPR001")]).toEqual(["CHAIN", "keV", 1e-7]);
  expect(table.header.get("POISSERR")).toBe(true);
  expect(table.header.has("ABSENT")).toBe(false);
});

it("text of any length, with quotes anywhere, survives the header", () => {
  const printable = fc.string({ unit: fc.constantFrom("'", "a", "/", "&", " ", "=", "z"), maxLength: 300 });
  fc.assert(
    fc.property(printable, (text) => {
      const value = `${text}x`;
      const [table] = roundTrip([{ name: "T", rows: 0, columns: [], keywords: [{ key: "TEXT", value }] }]);
      expect(headerText(table.header, "TEXT")).toBe(value.trim());
    }),
    { seed: 1, numRuns: 300 },
  );
});

it("every card has 80 printable characters", () => {
  for (const value of ["caf\u00e9\n", "y".repeat(500), -1.25e-200, false])
    for (const card of formatCard("KEY", value, "a comment that is long ".repeat(9)))
      expect(card).toMatch(/^[\x20-\x7e]{80}$/);
});

it("numbers that a column cannot hold are our own defect, not silently wrapped", () => {
  const column = (value: number) => ({ name: "C", type: "I" as const, values: [value] });
  for (const value of [32768, 0.5, Number.NaN])
    expect(() => writeFits([{ name: "T", rows: 1, columns: [column(value)] }])).toThrow("internal: column C");
});
