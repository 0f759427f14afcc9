import { InputError } from "../errors.ts";
import { concatenate } from "./concatenate.ts";
import { padded } from "./header.ts";
import type { Column, ColumnType, TableHdu } from "./types.ts";
import { formatCard } from "./write-card.ts";

/** A column of small integers to be put into a table, one value a row; stored in 16 bits where it is new. */
export interface ShortColumn {
  readonly name: string;
  readonly values: Int16Array;
}

export interface SetColumnOptions {
  /** Text of HISTORY cards that are added. */
  readonly history?: readonly string[];
}

const CARD = 80;

/**
 * The file `bytes` (uncompressed) with 16-bit columns of one of its binary tables replaced, or added behind its last column where they do
 * not exist. Everything else stays as it is, bit for bit: other columns, keywords, comments, other HDUs. The table's checksum cards
 * go, since they no longer hold, and so do keywords that have a new column's name.
 */
export function setShortColumns(
  bytes: Uint8Array,
  table: TableHdu,
  columns: readonly ShortColumn[],
  { history = [] }: SetColumnOptions = {},
): Uint8Array {
  const dataAt = table.data.byteOffset - bytes.byteOffset;
  const headerAt = headerStart(bytes, dataAt);
  const after = Math.min(bytes.length, dataAt + padded(table.data.length));
  const added = columns.filter(({ name }) => presentColumn(table, name) === undefined);
  const rowBytes = table.rowBytes + 2 * added.length;
  const data = widened(table, rowBytes);
  const view = new DataView(data.buffer);
  for (const { name, values } of columns) {
    const old = presentColumn(table, name);
    const at = old?.offset ?? table.rowBytes + 2 * added.findIndex((one) => one.name === name);
    const put = WRITERS[old?.type ?? "I"];
    if (put === undefined) throw new Error("internal: checked before");
    for (let row = 0; row < table.rows; row++) put(view, row * rowBytes + at, values[row]);
  }
  const cards = newCards(cardsAt(bytes, headerAt, dataAt), table, { added, rowBytes, columns, history });
  return concatenate([bytes.subarray(0, headerAt), cards, data, bytes.subarray(after)]);
}

const WRITERS: Partial<Record<ColumnType, (view: DataView, at: number, value: number) => void>> = {
  B: (view, at, value) => view.setUint8(at, value),
  I: (view, at, value) => view.setInt16(at, value),
  J: (view, at, value) => view.setInt32(at, value),
  K: (view, at, value) => view.setBigInt64(at, BigInt(value)),
};

/** The table's column of that name. InputError where its values cannot be replaced by plain integers. */
function presentColumn(table: TableHdu, name: string): Column | undefined {
  const column = table.columns.find((one) => one.name.toUpperCase() === name);
  if (column === undefined) return undefined;
  const plain = column.descriptor === undefined && column.scale === 1 && column.zero === 0;
  if (plain && column.repeat === 1 && WRITERS[column.type] !== undefined) return column;
  throw new InputError(
    `the column ${column.name} is not one plain integer a row, so it cannot be replaced; remove it from the file first`,
    { file: table.file, hdu: table.name, key: column.name },
  );
}

/** Offset of the header that ends where the data begin: its XTENSION card is the nearest one before that starts a block. */
function headerStart(bytes: Uint8Array, dataAt: number): number {
  for (let at = dataAt - 2880; at >= 0; at -= 2880)
    if (String.fromCharCode(...bytes.subarray(at, at + 9)) === "XTENSION=") return at;
  throw new Error("internal: a table without XTENSION");
}

/** Rows of the table made `rowBytes` wide, with gap and heap behind them, padded to whole blocks. */
function widened({ data, rows, rowBytes: old }: TableHdu, rowBytes: number): Uint8Array {
  const rest = data.subarray(rows * old);
  const out = new Uint8Array(padded(rows * rowBytes + rest.length));
  for (let row = 0; row < rows; row++) out.set(data.subarray(row * old, (row + 1) * old), row * rowBytes);
  out.set(rest, rows * rowBytes);
  return out;
}

/** Cards of a header before its END. */
function cardsAt(bytes: Uint8Array, from: number, to: number): string[] {
  const text = new TextDecoder("latin1").decode(bytes.subarray(from, to));
  const cards = Array.from({ length: text.length / CARD }, (_, i) => text.slice(i * CARD, (i + 1) * CARD));
  return cards.slice(
    0,
    cards.findIndex((card) => card.startsWith("END     ")),
  );
}

interface Changes {
  readonly added: readonly ShortColumn[];
  readonly columns: readonly ShortColumn[];
  readonly rowBytes: number;
  readonly history: readonly string[];
}

function newCards(
  cards: readonly string[],
  { columns, rows, rowBytes: old }: TableHdu,
  { added, columns: set, rowBytes, history }: Changes,
): Uint8Array {
  const gone = new Set(["CHECKSUM", "DATASUM", ...set.map(({ name }) => name)]);
  const renumbered: Readonly<Record<string, (value: number) => number>> = {
    NAXIS1: () => rowBytes,
    TFIELDS: () => columns.length + added.length,
    THEAP: (value) => value + rows * (rowBytes - old),
  };
  const kept = cards.flatMap((card) => {
    const key = card.slice(0, 8).trimEnd();
    if (gone.has(key)) return [];
    const change = card.slice(8, 10) === "= " ? renumbered[key] : undefined;
    return change === undefined ? [card] : formatCard(key, change(Number.parseInt(card.slice(10, 30), 10)));
  });
  const fresh = added.flatMap(({ name }, i) => {
    const n = columns.length + i + 1;
    return [...formatCard(`TTYPE${n}`, name), ...formatCard(`TFORM${n}`, "I")];
  });
  const remarks = history.map((text) => `HISTORY ${text}`.slice(0, CARD).padEnd(CARD));
  const text = [...kept, ...fresh, ...remarks, "END".padEnd(CARD)].join("");
  return Uint8Array.from(text.padEnd(padded(text.length)), (letter) => letter.charCodeAt(0));
}
