import { concatenate } from "../../src/fits/index.ts";

/** One way of damaging a file. `at` is a fraction of its length, so that it fits files of any size. */
export type Damage =
  | { readonly kind: "byte"; readonly at: number; readonly value: number }
  | { readonly kind: "bit"; readonly at: number; readonly bit: number }
  | { readonly kind: "digit"; readonly at: number; readonly value: number }
  | { readonly kind: "cut"; readonly at: number }
  | { readonly kind: "repeat"; readonly at: number; readonly length: number }
  | { readonly kind: "remove"; readonly at: number; readonly length: number };

const BLOCK = 80;
const isDigit = (byte: number) => byte >= 48 && byte <= 57;

/** The damaged file. `digit` changes the next decimal digit (a size or format in a header), the others any byte. */
export function damage(bytes: Uint8Array, { at, ...how }: Damage): Uint8Array {
  const place = Math.min(bytes.length - 1, Math.floor(at * bytes.length));
  if (bytes.length === 0) return bytes;
  if (how.kind === "cut") return bytes.slice(0, place);
  if (how.kind === "repeat" || how.kind === "remove") {
    const from = place - (place % BLOCK);
    const to = Math.min(bytes.length, from + how.length * BLOCK);
    const rest = bytes.subarray(how.kind === "repeat" ? from : to);
    return concatenate([bytes.subarray(0, how.kind === "repeat" ? to : from), rest]);
  }
  const out = bytes.slice();
  const target = how.kind === "digit" ? out.findIndex((byte, i) => i >= place && isDigit(byte)) : place;
  if (target < 0) return out;
  if (how.kind === "bit") out[target] ^= 1 << how.bit;
  else out[target] = how.kind === "digit" ? 48 + (how.value % 10) : how.value;
  return out;
}
