import { ELEMENT_BYTES } from "./tform.ts";
import type { Column, Numbers } from "./types.ts";

/** Which entries of the output are filled. */
export interface Span {
  readonly from: number;
  readonly count: number;
}

/** out[from + i] = scale * stored_i + zero for `count` big-endian elements at byte `at` of `data`. */
export function decode(
  out: Numbers,
  data: Uint8Array,
  at: number,
  { from, count }: Span,
  { type, scale, zero, blank }: Column,
): void {
  const view = new DataView(data.buffer, data.byteOffset + at, count * ELEMENT_BYTES[type]);
  switch (type) {
    case "E":
      for (let i = 0; i < count; i++) out[from + i] = view.getFloat32(4 * i);
      break;
    case "D":
      for (let i = 0; i < count; i++) out[from + i] = view.getFloat64(8 * i);
      break;
    case "B":
      for (let i = 0; i < count; i++) out[from + i] = view.getUint8(i);
      break;
    case "I":
      for (let i = 0; i < count; i++) out[from + i] = view.getInt16(2 * i);
      break;
    case "J":
      for (let i = 0; i < count; i++) out[from + i] = view.getInt32(4 * i);
      break;
    case "K":
      for (let i = 0; i < count; i++) out[from + i] = Number(view.getBigInt64(8 * i));
      break;
    default:
      for (let i = 0; i < count; i++) out[from + i] = logical(view.getUint8(i));
  }
  const integer = type !== "E" && type !== "D" && type !== "L";
  if (integer && blank !== undefined)
    for (let i = from; i < from + count; i++) if (out[i] === blank) out[i] = Number.NaN;
  if (scale !== 1 || zero !== 0) for (let i = from; i < from + count; i++) out[i] = scale * out[i] + zero;
}

function logical(byte: number): number {
  if (byte === 84) return 1;
  return byte === 70 ? 0 : Number.NaN;
}
