import type { HeaderValue } from "./types.ts";

const CARD = 80;
/** Characters of a string value that fit into one card, quotes and continuation mark apart. */
const CHUNK = 66;

/**
 * Cards (80 characters each) of one keyword. Long strings go over CONTINUE cards; characters outside printable ASCII
 * become "?". Reference: FITS standard 4.0, sections 4.1 and 4.2.
 */
export function formatCard(key: string, value: HeaderValue, comment = ""): string[] {
  if (!/^[A-Z0-9_-]{1,8}$/.test(key)) throw new Error(`internal: ${key} is not a FITS keyword`);
  if (typeof value === "string") return formatText(key, value, comment);
  const text = typeof value === "boolean" ? (value ? "T" : "F") : formatNumber(key, value);
  return [withComment(`${key.padEnd(8)}= ${text.padStart(20)}`, comment)];
}

function formatNumber(key: string, value: number): string {
  if (!Number.isFinite(value)) throw new Error(`internal: ${key} cannot hold ${value}`);
  return String(value).toUpperCase();
}

function formatText(key: string, value: string, comment: string): string[] {
  const parts = split(value.replace(/[^\x20-\x7e]/g, "?").replace(/'/g, "''"));
  return parts.map((part, i) => {
    const text = `'${(part + (i < parts.length - 1 ? "&" : "")).padEnd(8)}'`;
    const card = i === 0 ? `${key.padEnd(8)}= ${text}` : `CONTINUE  ${text}`;
    return parts.length === 1 ? withComment(card.padEnd(30), comment) : card.padEnd(CARD);
  });
}

/** Pieces that fit into a card, without tearing a doubled quote apart. */
function split(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > CHUNK) {
    const quotes = /'*$/.exec(rest.slice(0, CHUNK))?.[0].length ?? 0;
    const at = quotes % 2 === 1 ? CHUNK - 1 : CHUNK;
    parts.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...parts, rest];
}

function withComment(card: string, comment: string): string {
  const full = comment === "" ? card : `${card} / ${comment}`;
  return (card.length >= CARD - 4 ? card : full).slice(0, CARD).padEnd(CARD);
}
