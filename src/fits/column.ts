import { InputError } from "../errors.ts";
import { decode } from "./decode.ts";
import { ELEMENT_BYTES } from "./tform.ts";
import type { Column, Fits, Hdu, Numbers, TableHdu, VariableNumbers } from "./types.ts";

/** True for a binary table. */
export function isTable(hdu: Hdu): hdu is TableHdu {
  return hdu.kind === "table";
}

/** All binary tables of a file, in order. */
export function tables(fits: Fits): readonly TableHdu[] {
  return fits.hdus.filter(isTable);
}

/** Column of that name, without regard to case; undefined where there is none. */
export function findColumn(table: TableHdu, name: string): Column | undefined {
  const wanted = name.toUpperCase();
  return table.columns.find((column) => column.name.toUpperCase() === wanted);
}

/** The table of the one row `row` (from 0), a view of the same bytes; all readers work on it. */
export function rowView(table: TableHdu, row: number): TableHdu {
  const skip = row * table.rowBytes;
  return { ...table, rows: 1, data: table.data.subarray(skip), heapOffset: table.heapOffset - skip };
}

/**
 * Numbers of a fixed-width column, row-major (rows x repeat): scale * stored + zero. TNULL and undefined logicals are
 * NaN; 64-bit integers are rounded to double. InputError for text, bits, complex numbers and variable-length columns.
 */
export function readNumbers(table: TableHdu, column: Column): Numbers {
  requireNumbers(table, column);
  if (column.descriptor !== undefined)
    throw wrong(table, column, "one number of a fixed count a row, found arrays");
  const out = allocate(table, column, table.rows * column.repeat);
  if (out.length === 0) return out;
  const { rowBytes, rows, data } = table;
  if (column.width === rowBytes) {
    decode(out, data, column.offset, { from: 0, count: out.length }, column);
    return out;
  }
  for (let row = 0; row < rows; row++) {
    const from = row * column.repeat;
    decode(out, data, row * rowBytes + column.offset, { from, count: column.repeat }, column);
  }
  return out;
}

/**
 * Numbers of a variable-length column. Rows may share heap bytes, but together they may not ask for more than
 * 16 times the heap: no real file does, and a damaged one must not exhaust the memory.
 */
export function readVariable(table: TableHdu, column: Column): VariableNumbers {
  requireNumbers(table, column);
  if (column.descriptor === undefined) throw wrong(table, column, "variable-length arrays");
  const { rows, data, heapOffset } = table;
  const size = ELEMENT_BYTES[column.type];
  const heapBytes = Math.max(0, data.length - heapOffset);
  const { start, place } = readDescriptors(table, column, heapBytes, size);
  const values = allocate(table, column, start[rows]);
  for (let row = 0; row < rows; row++) {
    const count = start[row + 1] - start[row];
    if (count > 0) decode(values, data, heapOffset + place[row], { from: start[row], count }, column);
  }
  return { start, values };
}

function readDescriptors(table: TableHdu, column: Column, heapBytes: number, size: number) {
  const { rows, rowBytes, data } = table;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const start = new Int32Array(rows + 1);
  const place = new Float64Array(rows);
  for (let row = 0; row < rows && column.repeat === 1; row++) {
    const at = row * rowBytes + column.offset;
    const wide = column.descriptor === 16;
    const count = wide ? Number(view.getBigInt64(at)) : view.getInt32(at);
    const offset = wide ? Number(view.getBigInt64(at + 8)) : view.getInt32(at + 4);
    if (count < 0 || (count > 0 && (offset < 0 || offset + count * size > heapBytes)))
      throw wrong(
        table,
        column,
        `arrays inside a heap of ${heapBytes} bytes, found ${count} elements at byte ${offset} in row ${row + 1}`,
      );
    const total = start[row] + count;
    if (total * size > 16 * heapBytes || total > MOST_NUMBERS)
      throw wrong(table, column, `at most 16 times the heap of ${heapBytes} bytes in all rows together`);
    start[row + 1] = total;
    place[row] = offset;
  }
  return { start, place };
}

/** Text of an A column, one string a row, without trailing blanks. */
export function readStrings(table: TableHdu, column: Column): string[] {
  if (column.type !== "A" || column.descriptor !== undefined) throw wrong(table, column, "text");
  const out: string[] = [];
  const decoder = new TextDecoder("latin1");
  for (let row = 0; row < (column.width === 0 ? 0 : table.rows); row++) {
    const at = row * table.rowBytes + column.offset;
    const text = decoder.decode(table.data.subarray(at, at + column.width));
    out.push(text.split("\0", 1)[0].trimEnd());
  }
  return out;
}

/** Bits of an X column, row-major (rows x repeat), first bit of a byte first. */
export function readBits(table: TableHdu, column: Column): Uint8Array {
  if (column.type !== "X" || column.descriptor !== undefined) throw wrong(table, column, "bits");
  const out = new Uint8Array(table.rows * column.repeat);
  for (let row = 0, k = 0; row < table.rows; row++) {
    const at = row * table.rowBytes + column.offset;
    for (let bit = 0; bit < column.repeat; bit++)
      out[k++] = (table.data[at + (bit >> 3)] >> (7 - (bit & 7))) & 1;
  }
  return out;
}

/** More numbers than this in one column are refused: a typed array of them could not be had anyway. */
const MOST_NUMBERS = 2 ** 28;

function allocate(table: TableHdu, column: Column, length: number): Numbers {
  if (length > MOST_NUMBERS) throw wrong(table, column, `at most ${MOST_NUMBERS} numbers, found ${length}`);
  const { type, scale, zero } = column;
  return type === "E" && scale === 1 && zero === 0 ? new Float32Array(length) : new Float64Array(length);
}

function requireNumbers(table: TableHdu, column: Column): void {
  if (column.type === "A" || column.type === "X") throw wrong(table, column, "numbers, found text or bits");
  if (column.type === "C" || column.type === "M")
    throw wrong(table, column, "real numbers, found complex ones");
}

function wrong(table: TableHdu, column: Column, expected: string): InputError {
  return new InputError(`expected ${expected}`, { file: table.file, hdu: table.name, key: column.name });
}
