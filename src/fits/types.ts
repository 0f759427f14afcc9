/** Value of a header keyword. Numbers given as quoted strings stay strings here; see `headerNumber`. */
export type HeaderValue = string | number | boolean;

/** Keywords of one HDU, upper case, first occurrence; COMMENT, HISTORY and blank cards are left out. */
export type Header = ReadonlyMap<string, HeaderValue>;

/** Storage type of a table column, the letter of TFORM. */
export type ColumnType = "L" | "X" | "B" | "I" | "J" | "K" | "A" | "E" | "D" | "C" | "M";

/** One column of a binary table. */
export interface Column {
  /** TTYPE without surrounding blanks, as spelled in the file. */
  readonly name: string;
  /** Position in the table from 1, the n of TFORMn. */
  readonly index: number;
  readonly type: ColumnType;
  /** Elements a row (bits for X, characters for A); 0 or 1 descriptors for a variable-length column. */
  readonly repeat: number;
  /** Bytes of a descriptor's two numbers, for a variable-length column (P: 8, Q: 16). */
  readonly descriptor?: 8 | 16;
  /** Byte offset in the row, and bytes taken there. */
  readonly offset: number;
  readonly width: number;
  /** value = scale * stored + zero. */
  readonly scale: number;
  readonly zero: number;
  /** Stored integer that stands for "no value" (read as NaN). */
  readonly blank?: number;
  readonly unit: string;
  /** TLMINn, which may be a number in quotes. */
  readonly minimum?: number;
}

/** Any header and data unit. `name` is EXTNAME, or PRIMARY for the first one. */
export interface Hdu {
  readonly kind: "image" | "table" | "other";
  readonly index: number;
  readonly name: string;
  readonly header: Header;
  /** The data unit without its padding: a view of the file, not a copy. */
  readonly data: Uint8Array;
}

/** A binary table. Nothing is converted until a column is read. */
export interface TableHdu extends Hdu {
  readonly kind: "table";
  readonly rows: number;
  readonly rowBytes: number;
  readonly columns: readonly Column[];
  /** Start of the heap in `data`; it ends with `data`. */
  readonly heapOffset: number;
  /** For messages. */
  readonly file: string;
}

export interface Fits {
  readonly file: string;
  readonly hdus: readonly Hdu[];
}

/** Numbers of a column: float32 where the file holds unscaled float32, else float64. */
export type Numbers = Float32Array | Float64Array;

/** A variable-length column: row r holds values[start[r]] .. values[start[r+1]-1]. */
export interface VariableNumbers {
  /** rows+1 entries. */
  readonly start: Int32Array;
  readonly values: Numbers;
}
