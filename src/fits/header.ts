import { InputError } from "../errors.ts";
import { parseCard, parseNumber } from "./card.ts";
import type { Header, HeaderValue } from "./types.ts";

const BLOCK = 2880;
const CARD = 80;
/** Long strings end here, whatever a damaged file says. */
const LONGEST_TEXT = 2 ** 16;
const latin1 = new TextDecoder("latin1");

/**
 * Reads the header that starts at `offset`. Long strings (`&` at the end, then CONTINUE) are joined. A last block
 * without padding is accepted; a header without END is an InputError.
 */
export function readHeader(bytes: Uint8Array, offset: number, file: string, hdu: string) {
  const values = new Map<string, HeaderValue>();
  let open: string | undefined;
  for (let at = offset; at + 3 <= bytes.length; at += CARD) {
    const { key, value } = parseCard(latin1.decode(bytes.subarray(at, at + CARD)));
    if (key === "END") return { header: values as Header, end: padded(at + CARD - offset) + offset };
    if (key === "CONTINUE") {
      const text = open === undefined ? undefined : values.get(open);
      if (open !== undefined && typeof text === "string" && typeof value === "string") {
        values.set(open, text.replace(/&$/, "") + value);
        if (!value.endsWith("&") || text.length > LONGEST_TEXT) open = undefined;
      }
      continue;
    }
    open = undefined;
    if (value === undefined || values.has(key)) continue;
    values.set(key, value);
    if (typeof value === "string" && value.endsWith("&")) open = key;
  }
  throw new InputError("the header has no END card; the file is truncated or is not FITS", { file, hdu });
}

/** Number of bytes with padding to whole FITS blocks. */
export function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

/** Keyword as a number, also where it stands in quotes; undefined where it is missing or something else. */
export function headerNumber(header: Header, key: string): number | undefined {
  const value = header.get(key);
  if (typeof value === "string") return parseNumber(value);
  return typeof value === "number" ? value : undefined;
}

/** Keyword as text without surrounding blanks; undefined where it is missing. Numbers are spelled out. */
export function headerText(header: Header, key: string): string | undefined {
  const value = header.get(key);
  return value === undefined ? undefined : String(value).trim();
}

/** Keyword as a logical, also where it stands in quotes. */
export function headerLogical(header: Header, key: string): boolean | undefined {
  const value = header.get(key);
  if (typeof value === "boolean") return value;
  const text = typeof value === "string" ? value.trim().toUpperCase() : "";
  if (["T", "TRUE"].includes(text)) return true;
  return ["F", "FALSE"].includes(text) ? false : undefined;
}
