import { InputError } from "../errors.ts";
import { gunzip, isGzip } from "./gunzip.ts";
import { headerLogical, headerNumber, headerText, padded, readHeader } from "./header.ts";
import { readColumns } from "./tform.ts";
import type { Fits, Hdu, Header, TableHdu } from "./types.ts";

/** Reads a FITS file, gzipped or not (told by its first bytes). Data stay unconverted views of the bytes. */
export async function readFits(bytes: Uint8Array, file: string): Promise<Fits> {
  return parseFits(isGzip(bytes) ? await gunzip(bytes, { file }) : bytes, file);
}

/**
 * Splits an uncompressed FITS file into HDUs. Every size that a header states is checked against the bytes present,
 * so nothing here allocates more than the file holds. The last block may lack its padding. InputError for anything
 * that is not FITS. Reference: FITS standard 4.0.
 */
export function parseFits(bytes: Uint8Array, file: string): Fits {
  const hdus: Hdu[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    if (hdus.length > 0 && onlyPadding(bytes, offset)) break;
    const hdu = readHdu(bytes, offset, file, hdus.length);
    hdus.push(hdu);
    offset = hdu.data.byteOffset - bytes.byteOffset + padded(hdu.data.length);
  }
  if (hdus.length === 0) throw new InputError("the file is empty, expected FITS", { file });
  return { file, hdus };
}

function readHdu(bytes: Uint8Array, offset: number, file: string, index: number): Hdu | TableHdu {
  const label = index === 0 ? "PRIMARY" : `${index}`;
  const first = String.fromCharCode(...bytes.subarray(offset, offset + 9));
  if (index === 0 && !first.startsWith("SIMPLE  ="))
    throw new InputError("this is not a FITS file (it does not start with SIMPLE)", { file });
  if (index > 0 && !first.startsWith("XTENSION="))
    throw new InputError(`expected an extension (XTENSION) at byte ${offset}, found something else`, {
      file,
      hdu: label,
    });
  const { header, end } = readHeader(bytes, offset, file, label);
  const name = headerText(header, "EXTNAME") || label;
  const size = dataSize(header, file, name);
  if (size > 0 && end + size > bytes.length)
    throw new InputError(
      `the header states ${size} bytes of data, but only ${Math.max(0, bytes.length - end)} are there; the file is truncated or damaged`,
      { file, hdu: name },
    );
  const data = bytes.subarray(Math.min(end, bytes.length), end + size);
  const type = headerText(header, "XTENSION") ?? "IMAGE";
  if (type === "BINTABLE" || type === "A3DTABLE") return readTable({ header, data, file, name, index });
  return { kind: type === "IMAGE" ? "image" : "other", index, name, header, data };
}

/** Bytes of the data unit: |BITPIX|/8 GCOUNT (PCOUNT + prod NAXISn), FITS standard eq. (1) and (2). */
function dataSize(header: Header, file: string, hdu: string): number {
  const axes = natural(header, "NAXIS", file, hdu);
  if (axes === 0) return 0;
  if (axes > 999) throw new InputError(`NAXIS is ${axes}, expected at most 999`, { file, hdu, key: "NAXIS" });
  const bits = Math.abs(headerNumber(header, "BITPIX") ?? Number.NaN);
  if (![8, 16, 32, 64].includes(bits))
    throw new InputError("BITPIX is missing or not one of 8, 16, 32, 64, -32, -64", {
      file,
      hdu,
      key: "BITPIX",
    });
  const groups = headerLogical(header, "GROUPS") === true && headerNumber(header, "NAXIS1") === 0;
  let elements = 1;
  for (let i = groups ? 2 : 1; i <= axes; i++) elements *= natural(header, `NAXIS${i}`, file, hdu);
  const extra = header.has("PCOUNT") ? natural(header, "PCOUNT", file, hdu) : 0;
  const count = header.has("GCOUNT") ? natural(header, "GCOUNT", file, hdu) : 1;
  return (bits / 8) * count * (extra + elements);
}

function natural(header: Header, key: string, file: string, hdu: string): number {
  const value = headerNumber(header, key);
  if (value === undefined || !Number.isInteger(value) || value < 0)
    throw new InputError(`expected a non-negative integer, found ${header.get(key) ?? "nothing"}`, {
      file,
      hdu,
      key,
    });
  return value;
}

interface TableParts {
  readonly header: Header;
  readonly data: Uint8Array;
  readonly file: string;
  readonly name: string;
  readonly index: number;
}

function readTable({ header, data, file, name, index }: TableParts): TableHdu {
  if (natural(header, "NAXIS", file, name) !== 2)
    throw new InputError("a binary table has two axes", { file, hdu: name, key: "NAXIS" });
  const rowBytes = natural(header, "NAXIS1", file, name);
  const rows = rowBytes === 0 ? 0 : natural(header, "NAXIS2", file, name);
  if (rowBytes * rows > data.length)
    throw new InputError(`${rows} rows of ${rowBytes} bytes do not fit into ${data.length} bytes of data`, {
      file,
      hdu: name,
    });
  const columns = readColumns(header, rowBytes, file, name);
  const heapOffset = headerNumber(header, "THEAP") ?? rowBytes * rows;
  if (!Number.isInteger(heapOffset) || heapOffset < rowBytes * rows)
    throw new InputError(`the heap starts at ${heapOffset}, inside the table of ${rowBytes * rows} bytes`, {
      file,
      hdu: name,
      key: "THEAP",
    });
  return { kind: "table", index, name, header, data, rows, rowBytes, columns, heapOffset, file };
}

/** True where nothing but blanks and zeros is left: some programs pad a file further. */
function onlyPadding(bytes: Uint8Array, offset: number): boolean {
  for (let i = offset; i < bytes.length; i++) if (bytes[i] !== 0 && bytes[i] !== 32) return false;
  return true;
}
