import { concatenate } from "./concatenate.ts";
import type { NewColumn } from "./encode.ts";
import { encodeColumns, layoutColumns } from "./encode.ts";
import { padded } from "./header.ts";
import type { HeaderValue } from "./types.ts";
import { formatCard } from "./write-card.ts";

/** A keyword to be written. Undefined values are left out. */
export interface Keyword {
  readonly key: string;
  readonly value: HeaderValue | undefined;
  readonly comment?: string;
}

/** A binary table to be written. */
export interface NewTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly NewColumn[];
  readonly keywords?: readonly Keyword[];
}

/**
 * A FITS file of binary tables behind an empty primary HDU. Variable-length columns go to a heap behind their table.
 * Reference: FITS standard 4.0, section 7.3.
 */
export function writeFits(tables: readonly NewTable[]): Uint8Array {
  const primary = headerBytes([
    { key: "SIMPLE", value: true, comment: "conforms to the FITS standard" },
    { key: "BITPIX", value: 8 },
    { key: "NAXIS", value: 0 },
    { key: "EXTEND", value: true },
  ]);
  return concatenate([primary, ...tables.flatMap(tableBytes)]);
}

function tableBytes(table: NewTable): Uint8Array[] {
  const layout = layoutColumns(table.columns, table.rows);
  const rowBytes = layout.reduce((sum, { width }) => sum + width, 0);
  const heapBytes = layout.reduce((sum, column) => sum + column.heapBytes, 0);
  const header = headerBytes([
    { key: "XTENSION", value: "BINTABLE", comment: "binary table" },
    { key: "BITPIX", value: 8 },
    { key: "NAXIS", value: 2 },
    { key: "NAXIS1", value: rowBytes, comment: "bytes a row" },
    { key: "NAXIS2", value: table.rows, comment: "rows" },
    { key: "PCOUNT", value: heapBytes, comment: "bytes of the heap" },
    { key: "GCOUNT", value: 1 },
    { key: "TFIELDS", value: layout.length },
    ...layout.flatMap((column, i) => columnKeywords(column, i + 1)),
    { key: "EXTNAME", value: table.name },
    ...(table.keywords ?? []),
  ]);
  const data = new Uint8Array(padded(rowBytes * table.rows + heapBytes));
  encodeColumns(data, layout, table.rows);
  return [header, data];
}

function columnKeywords(column: NewColumn & { form: string }, n: number): Keyword[] {
  return [
    { key: `TTYPE${n}`, value: column.name },
    { key: `TFORM${n}`, value: column.form },
    { key: `TUNIT${n}`, value: column.unit },
    { key: `TLMIN${n}`, value: column.minimum },
    { key: `TLMAX${n}`, value: column.maximum },
  ];
}

function headerBytes(keywords: readonly Keyword[]): Uint8Array {
  const cards = keywords.flatMap(({ key, value, comment }) =>
    value === undefined ? [] : formatCard(key, value, comment),
  );
  const text = [...cards, "END".padEnd(80)].join("");
  return new TextEncoder().encode(text.padEnd(padded(text.length)));
}
