import { InputError } from "../errors.ts";
import { headerNumber, headerText } from "./header.ts";
import type { Column, ColumnType, Header } from "./types.ts";

/** Bytes of one element; bits are counted apart. */
export const ELEMENT_BYTES: Readonly<Record<ColumnType, number>> = {
  L: 1,
  X: 0,
  B: 1,
  I: 2,
  J: 4,
  K: 8,
  A: 1,
  E: 4,
  D: 8,
  C: 8,
  M: 16,
};

/** The layout that a TFORM value states; undefined where it is not understood. FITS standard 4.0, 7.3.1. */
export function parseTform(
  text: string,
): Pick<Column, "type" | "repeat" | "width" | "descriptor"> | undefined {
  const match = /^(\d*)([PQ]?)([LXBIJKAEDCM])/.exec(text.trim().toUpperCase());
  if (match === null) return undefined;
  const repeat = match[1] === "" ? 1 : Number(match[1]);
  const type = match[3] as ColumnType;
  if (match[2] !== "") {
    const descriptor = match[2] === "P" ? 8 : 16;
    return repeat > 1 ? undefined : { type, repeat, width: repeat * descriptor, descriptor };
  }
  const width = type === "X" ? Math.ceil(repeat / 8) : repeat * ELEMENT_BYTES[type];
  return { type, repeat, width };
}

/** Columns of a binary table from its header. They must fit into NAXIS1 bytes. */
export function readColumns(header: Header, rowBytes: number, file: string, hdu: string): Column[] {
  const count = headerNumber(header, "TFIELDS") ?? 0;
  if (!Number.isInteger(count) || count < 0 || count > 999)
    throw new InputError(`TFIELDS is ${count}, expected 0 to 999 columns`, { file, hdu, key: "TFIELDS" });
  const columns: Column[] = [];
  let offset = 0;
  for (let index = 1; index <= count; index++) {
    const text = headerText(header, `TFORM${index}`) ?? "";
    const form = parseTform(text);
    if (form === undefined)
      throw new InputError(`column format "${text}" is not one of the FITS standard`, {
        file,
        hdu,
        key: `TFORM${index}`,
      });
    columns.push({ ...form, ...describeColumn(header, index), offset });
    offset += form.width;
  }
  if (offset > rowBytes)
    throw new InputError(`the columns need ${offset} bytes a row, but NAXIS1 is ${rowBytes}`, { file, hdu });
  return columns;
}

function describeColumn(header: Header, index: number) {
  const blank = headerNumber(header, `TNULL${index}`);
  const minimum = headerNumber(header, `TLMIN${index}`);
  return {
    index,
    name: headerText(header, `TTYPE${index}`) ?? "",
    scale: headerNumber(header, `TSCAL${index}`) ?? 1,
    zero: headerNumber(header, `TZERO${index}`) ?? 0,
    unit: headerText(header, `TUNIT${index}`) ?? "",
    ...(blank === undefined ? {} : { blank }),
    ...(minimum === undefined ? {} : { minimum }),
  };
}
