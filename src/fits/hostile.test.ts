import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { readNumbers, readVariable, tables } from "./column.ts";
import { gunzip } from "./gunzip.ts";
import { headerNumber, headerText } from "./header.ts";
import { parseFits, readFits } from "./read.ts";
import { writeFits } from "./write.ts";

const arrays = { start: Int32Array.of(0, 2, 3), values: [1, 2, 3] };
const plain = writeFits([{ name: "T", rows: 2, columns: [{ name: "V", type: "J", arrays }] }]);

/** The file with the card of a keyword replaced, which is how damage and malice look alike. */
function withCard(key: string, value: string, bytes = plain): Uint8Array {
  const text = new TextDecoder("latin1").decode(bytes);
  const at = text.lastIndexOf(`${key.padEnd(8)}=`);
  expect(at).toBeGreaterThan(0);
  const card = `${key.padEnd(8)}= ${value.padStart(20)}`.padEnd(80);
  const out = bytes.slice();
  out.set(new TextEncoder().encode(card), at);
  return out;
}

/** The file with one byte of the data of its table changed. */
function withData(at: number, value: number): Uint8Array {
  const out = plain.slice();
  out[parseFits(plain, "x").hdus[1].data.byteOffset + at] = value;
  return out;
}

const readAll = (bytes: Uint8Array) => {
  for (const table of tables(parseFits(bytes, "f.fits")))
    for (const column of table.columns)
      column.descriptor === undefined ? readNumbers(table, column) : readVariable(table, column);
};

it.each([
  ["NAXIS2", "999999999999999"],
  ["NAXIS2", "1E300"],
  ["NAXIS1", "-8"],
  ["NAXIS1", "4"],
  ["NAXIS", "1"],
  ["NAXIS", "1000000000"],
  ["PCOUNT", "9007199254740991"],
  ["PCOUNT", "'many'"],
  ["GCOUNT", "1E15"],
  ["BITPIX", "7"],
  ["TFIELDS", "1000000"],
  ["TFIELDS", "-1"],
  ["TFORM1", "'999999999J'"],
  ["TFORM1", "'3PJ'"],
  ["TFORM1", "'Z'"],
  ["TFORM1", "'1QJ'"],
  ["XTENSION", "'TABLE'   "],
])(
  "a header that says %s = %s is refused or read, without an allocation that the file does not justify",
  (key, value) => {
    const bytes = withCard(key, value);
    if (key === "XTENSION") expect(tables(parseFits(bytes, "f.fits"))).toEqual([]);
    else expect(() => readAll(bytes)).toThrow(InputError);
  },
);

it("a descriptor that leaves the heap is refused, with row and sizes", () => {
  expect(() => readAll(withData(3, 200))).toThrow(
    "f.fits[T] V: expected arrays inside a heap of 12 bytes, found 200 elements at byte 0 in row 1",
  );
  expect(() => readAll(withData(7, 8))).toThrow(InputError);
  expect(() => readAll(withData(0, 0x80))).toThrow(InputError);
});

it("rows that share one heap cannot multiply it without end", () => {
  const rows = 1000;
  const start = Int32Array.from({ length: rows + 1 }, (_, i) => (i === 0 ? 0 : 500));
  const bytes = writeFits([
    { name: "T", rows, columns: [{ name: "V", type: "J", arrays: { start, values: new Int32Array(500) } }] },
  ]);
  const view = new DataView(bytes.buffer);
  const at = parseFits(bytes, "x").hdus[1].data.byteOffset;
  for (let row = 0; row < rows; row++) {
    view.setInt32(at + 8 * row, 500);
    view.setInt32(at + 8 * row + 4, 0);
  }
  expect(() => readAll(bytes)).toThrow("at most 16 times the heap");
});

it("a heap may start behind a gap, given by THEAP", () => {
  const gap = 10;
  const bytes = withCard("PCOUNT", `${12 + gap}`);
  const text = new TextDecoder("latin1").decode(bytes);
  const end = text.lastIndexOf(`END${" ".repeat(77)}`);
  const out = bytes.slice();
  out.set(
    new TextEncoder().encode(`THEAP   = ${String(16 + gap).padStart(20)}`.padEnd(80) + "END".padEnd(80)),
    end,
  );
  const at = parseFits(plain, "x").hdus[1].data.byteOffset;
  out.copyWithin(at + 16 + gap, at + 16, at + 28);
  const [table] = tables(parseFits(out, "x"));
  expect(Array.from(readVariable(table, table.columns[0]).values)).toEqual([1, 2, 3]);
});

it("gzip data that are cut off, damaged or followed by rubbish are refused", async () => {
  const packed = new Uint8Array(gzipSync(plain));
  const flipped = packed.slice();
  flipped[packed.length - 6] ^= 1;
  for (const bad of [
    packed.subarray(0, 2),
    packed.subarray(0, 40),
    packed.subarray(0, packed.length - 1),
    flipped,
  ])
    await expect(readFits(bad, "f.gz")).rejects.toThrow("f.gz: the gzip data are truncated or damaged");
});

it("gzip data that expand beyond the limit are refused before they fill the memory", async () => {
  const bomb = new Uint8Array(gzipSync(new Uint8Array(1_000_000)));
  await expect(gunzip(bomb, { file: "f.gz", always: 100_000, ratio: 10 })).rejects.toThrow(
    "f.gz: expands to more than 100000 bytes",
  );
  expect((await gunzip(bomb, { file: "f.gz", always: 100_000, ratio: 2000 })).length).toBe(1_000_000);
});

it("endless continued text takes neither the time nor the memory of its square", () => {
  const cards = [
    "SIMPLE  =                    T",
    "BITPIX  =                    8",
    "NAXIS   =                    0",
  ];
  const digits = "7".repeat(66);
  const text = [
    ...cards,
    `TEXT    = '${digits}&'`,
    ...Array<string>(50_000).fill(`CONTINUE  '${digits}&'`),
    "END",
  ];
  const fits = parseFits(new TextEncoder().encode(text.map((card) => card.padEnd(80)).join("")), "f.fits");
  expect(headerText(fits.hdus[0].header, "TEXT")?.length).toBeLessThan(70_000);
  expect(headerNumber(fits.hdus[0].header, "TEXT")).toBeUndefined();
});
