import type { HeaderValue } from "./types.ts";

/** A card that carries a value, or the continuation of a long string. */
export interface Card {
  readonly key: string;
  readonly value: HeaderValue | undefined;
}

/** No number is longer; a limit keeps the pattern's time small on any text. */
const LONGEST_NUMBER = 80;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([EDed][+-]?\d+)?$/;

/** Number written in FITS style (D exponents, surrounding blanks); undefined for anything else. */
export function parseNumber(text: string): number | undefined {
  const trimmed = text.trim();
  return trimmed.length <= LONGEST_NUMBER && NUMBER.test(trimmed)
    ? Number(trimmed.replace(/[Dd]/, "E"))
    : undefined;
}

/** Quoted string starting at `text[0]`: doubled quotes are one quote, trailing blanks go. */
function parseQuoted(text: string): string {
  let out = "";
  for (let i = 1; i < text.length; i++) {
    if (text[i] !== "'") out += text[i];
    else if (text[i + 1] === "'") out += text[i++];
    else break;
  }
  return out.replace(/ +$/, "");
}

/** Value field of a card, without its comment; undefined where it is empty or not understood. */
export function parseValue(field: string): HeaderValue | undefined {
  const text = field.trimStart();
  if (text.startsWith("'")) return parseQuoted(text);
  const bare = text.split("/", 1)[0].trim();
  if (bare === "T") return true;
  if (bare === "F") return false;
  return parseNumber(bare);
}

/** Parses one card of 80 characters. Reference: FITS standard 4.0, section 4.1. */
export function parseCard(card: string): Card {
  const key = card.slice(0, 8).trim().toUpperCase();
  if (key === "CONTINUE") return { key, value: parseValue(card.slice(8)) };
  const hasValue = card.slice(8, 10) === "= " || card.slice(8, 10) === "=";
  return { key, value: hasValue ? parseValue(card.slice(10)) : undefined };
}
