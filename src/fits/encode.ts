import { ELEMENT_BYTES } from "./tform.ts";
import type { VariableNumbers } from "./types.ts";

interface ColumnText {
  readonly name: string;
  readonly unit?: string;
  /** TLMIN and TLMAX. */
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Numbers, `repeat` a row (default 1), row-major. */
export interface NewNumbers extends ColumnText {
  readonly type: "B" | "I" | "J" | "E" | "D";
  readonly repeat?: number;
  readonly values: ArrayLike<number>;
}

/** Arrays of their own length in each row. */
export interface NewArrays extends ColumnText {
  readonly type: "I" | "J" | "E" | "D";
  readonly arrays: VariableNumbers | { readonly start: Int32Array; readonly values: ArrayLike<number> };
}

/** Text of at most `repeat` characters. */
export interface NewText extends ColumnText {
  readonly type: "A";
  readonly repeat: number;
  readonly texts: readonly string[];
}

export type NewColumn = NewNumbers | NewArrays | NewText;

/** A column with its TFORM, its bytes in a row and its bytes in the heap. */
export type LaidOut = NewColumn & {
  readonly form: string;
  readonly width: number;
  readonly heapBytes: number;
};

/** Works out the layout. Lengths that do not match `rows` are our own defect. */
export function layoutColumns(columns: readonly NewColumn[], rows: number): LaidOut[] {
  return columns.map((column) => {
    const size = ELEMENT_BYTES[column.type];
    if ("arrays" in column) {
      const { start } = column.arrays;
      expectLength(column.name, start.length, rows + 1);
      let longest = 0;
      for (let row = 0; row < rows; row++) longest = Math.max(longest, start[row + 1] - start[row]);
      const heapBytes = size * start[rows];
      return { ...column, form: `1P${column.type}(${longest})`, width: 8, heapBytes };
    }
    const repeat = column.repeat ?? 1;
    if ("texts" in column) expectLength(column.name, column.texts.length, rows);
    else expectLength(column.name, column.values.length, rows * repeat);
    return { ...column, form: `${repeat}${column.type}`, width: repeat * size, heapBytes: 0 };
  });
}

function expectLength(name: string, found: number, expected: number): void {
  if (found !== expected)
    throw new Error(`internal: column ${name} has ${found} entries, expected ${expected}`);
}

/** Writes the table and, behind it, the heap. */
export function encodeColumns(out: Uint8Array, columns: readonly LaidOut[], rows: number): void {
  const view = new DataView(out.buffer, out.byteOffset, out.byteLength);
  const rowBytes = columns.reduce((sum, { width }) => sum + width, 0);
  let offset = 0;
  let heap = 0;
  for (const column of columns) {
    const at = (row: number) => row * rowBytes + offset;
    if ("arrays" in column) encodeArrays(view, column, { rows, at, table: rowBytes * rows, heap });
    else if ("texts" in column) encodeTexts(out, column, at);
    else encodeNumbers(view, column, { rows, at });
    offset += column.width;
    heap += column.heapBytes;
  }
}

function encodeNumbers(
  view: DataView,
  { type, values, repeat = 1, name }: NewNumbers,
  { rows, at }: { rows: number; at: (row: number) => number },
): void {
  const size = ELEMENT_BYTES[type];
  const put = writer(view, type, name);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < repeat; i++) put(at(row) + i * size, values[row * repeat + i]);
}

interface ArrayPlace {
  readonly rows: number;
  readonly at: (row: number) => number;
  readonly table: number;
  readonly heap: number;
}

function encodeArrays(
  view: DataView,
  { type, arrays, name }: NewArrays,
  { rows, at, table, heap }: ArrayPlace,
): void {
  const size = ELEMENT_BYTES[type];
  const put = writer(view, type, name);
  const { start, values } = arrays;
  for (let row = 0; row < rows; row++) {
    view.setInt32(at(row), start[row + 1] - start[row]);
    view.setInt32(at(row) + 4, heap + start[row] * size);
  }
  for (let i = 0; i < start[rows]; i++) put(table + heap + i * size, values[i]);
}

function encodeTexts(out: Uint8Array, { texts, repeat }: NewText, at: (row: number) => number): void {
  for (const [row, text] of texts.entries()) {
    const ascii = text
      .replace(/[^\x20-\x7e]/g, "?")
      .slice(0, repeat)
      .padEnd(repeat);
    out.set(new TextEncoder().encode(ascii), at(row));
  }
}

const RANGE = { B: [0, 255], I: [-32768, 32767], J: [-(2 ** 31), 2 ** 31 - 1] } as const;

function writer(view: DataView, type: NewNumbers["type"], name: string): (at: number, value: number) => void {
  if (type === "E") return (at, value) => view.setFloat32(at, value);
  if (type === "D") return (at, value) => view.setFloat64(at, value);
  const [least, most] = RANGE[type];
  return (at, value) => {
    if (!(Number.isInteger(value) && value >= least && value <= most))
      throw new Error(`internal: column ${name} of type ${type} cannot hold ${value}`);
    if (type === "B") view.setUint8(at, value);
    else if (type === "I") view.setInt16(at, value);
    else view.setInt32(at, value);
  };
}
