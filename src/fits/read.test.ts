import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { findColumn, readBits, readNumbers, readStrings, readVariable, tables } from "./column.ts";
import { headerLogical, headerNumber, headerText } from "./header.ts";
import { parseFits, readFits } from "./read.ts";
import type { Column, TableHdu } from "./types.ts";

const bytesOf = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/ogip/${name}`, import.meta.url)));
const every = parseFits(bytesOf("every.fits"), "every.fits");
const [table, scaled] = tables(every) as [TableHdu, TableHdu];
const column = (name: string, of = table) => findColumn(of, name) as Column;
const numbers = (name: string) => Array.from(readNumbers(table, column(name)));

describe("a binary table", () => {
  it("gives numbers of every type as the program that wrote them", () => {
    expect(numbers("L")).toEqual([1, 0, 1]);
    expect(numbers("B")).toEqual([0, 255, 1, 2, 3, 4]);
    expect(numbers("J")).toEqual([-(2 ** 31), 0, 2 ** 31 - 1]);
    expect(numbers("K")).toEqual([-(2 ** 53), 7, 2 ** 53]);
    expect(numbers("E")).toEqual([0.1, -1e30, 3, 4, 5, 6, 7, 8, 9].map(Math.fround));
    expect(numbers("D")).toEqual([Math.PI, -1e300, 5e-324]);
  });

  it("reads TNULL as NaN", () => {
    expect(numbers("I")).toEqual([-32768, Number.NaN, 32767]);
  });

  it("reads unsigned integers by their TZERO, and scaled columns by TSCAL and TZERO", () => {
    expect(numbers("U")).toEqual([0, 2 ** 31, 2 ** 32 - 1]);
    expect(Array.from(readNumbers(scaled, column("S", scaled)))).toEqual([10, 10.5, 9]);
  });

  it("reads bits, first bit first", () => {
    const bits = readBits(table, column("X"));
    expect(Array.from(bits)).toEqual([
      ...[1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1],
      ...Array(11).fill(0),
      ...Array(11).fill(1),
    ]);
  });

  it("finds columns without regard to case and blanks, and trims text", () => {
    expect(readStrings(table, column("a"))).toEqual(["ab", "", "c'd ef"]);
  });

  it("reads variable-length arrays with 32-bit and 64-bit descriptors", () => {
    const p = readVariable(table, column("P"));
    expect([Array.from(p.start), Array.from(p.values)]).toEqual([
      [0, 2, 2, 3],
      [1, -2, 3],
    ]);
    const q = readVariable(table, column("Q"));
    expect([Array.from(q.start), Array.from(q.values)]).toEqual([
      [0, 0, 2, 3],
      [0.5, 0.25, 1e300],
    ]);
  });

  it("refuses text, bits and complex numbers where numbers are asked for, naming the column", () => {
    for (const name of ["A", "X", "C", "M"])
      expect(() => numbers(name)).toThrow(new RegExp(`every.fits\\[EVERY\\] ${name}: expected .*numbers`));
    expect(() => numbers("P")).toThrow(InputError);
    expect(() => readVariable(table, column("J"))).toThrow(InputError);
  });
});

describe("a header", () => {
  it("joins long strings, halves doubled quotes and reads D exponents and numbers in quotes", () => {
    expect(headerText(scaled.header, "LONGTEXT")).toBe("0123456789".repeat(15));
    expect(headerText(scaled.header, "QUOTE")).toBe("it's 'quoted'");
    expect(headerNumber(scaled.header, "DEXP")).toBe(1.25e-3);
    expect(headerNumber(scaled.header, "NUMTEXT")).toBe(12);
    expect(headerNumber(scaled.header, "QUOTE")).toBeUndefined();
    expect(headerLogical(every.hdus[0].header, "EXTEND")).toBe(true);
  });
});

describe("a file", () => {
  it("is read past images, which are skipped by their size", async () => {
    const fits = await readFits(bytesOf("pair.pha"), "pair.pha");
    expect(fits.hdus.map(({ kind, data }) => [kind, data.length])).toEqual([
      ["image", 30],
      ["table", 48],
      ["table", 48],
      ["image", 32],
    ]);
  });

  it("is the same gzipped, whatever its extension", async () => {
    const plain = await readFits(bytesOf("grouped.pha"), "x");
    const packed = await readFits(bytesOf("grouped.pha.FTZ"), "x");
    expect(packed.hdus.map((h) => h.data)).toEqual(plain.hdus.map((h) => h.data));
  });

  it("may lack the padding of its last block, and may have more padding than it needs", () => {
    const bytes = bytesOf("grouped.pha");
    const { data } = parseFits(bytes, "x").hdus[1];
    const short = bytes.slice(0, data.byteOffset - bytes.byteOffset + data.length);
    const long = new Uint8Array(bytes.length + 2880);
    long.set(bytes);
    for (const variant of [short, long]) expect(parseFits(variant, "x").hdus[1].data).toEqual(data);
  });

  it("is refused when it is cut off, with the bytes that are missing", () => {
    const bytes = bytesOf("grouped.pha");
    expect(() => parseFits(bytes.subarray(0, bytes.length - 2870), "a.pha")).toThrow(
      "a.pha[SPECTRUM]: the header states 80 bytes of data, but only 10 are there",
    );
    expect(() => parseFits(bytes.subarray(0, 160), "a.pha")).toThrow(
      "a.pha[PRIMARY]: the header has no END card",
    );
    expect(() => parseFits(new Uint8Array(0), "a.pha")).toThrow("a.pha: the file is empty");
    expect(() => parseFits(new TextEncoder().encode("SIMPLY text"), "a.pha")).toThrow("not a FITS file");
  });
});
