import { InputError } from "../errors.ts";
import { isRecord } from "./config-layer.ts";
import { VERSION } from "./version.ts";

/** The state of interrupted work, with what must be the same for it to go on. */
export interface Checkpoint {
  /** What of the settings and data decides the result, by name; plain data that JSON holds. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Plain data: records, lists, texts, numbers, undefined, typed arrays. */
  readonly state: unknown;
}

/** First bytes of the file, and version of its layout. */
const MAGIC = "XNPECKPT";
const LAYOUT = 1;
const HEAD = 24;

const KINDS = {
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Uint8Array,
} as const;
type Kind = keyof typeof KINDS;
type AnyArray = InstanceType<(typeof KINDS)[Kind]>;

/**
 * The bytes of a checkpoint, little-endian:
 *
 *   0   8 bytes   "XNPECKPT"
 *   8   uint32    1, the version of this layout
 *   12  uint32    length L of the text
 *   16  uint32    checksum of everything behind the head, FNV-1a of its 32-bit words
 *   20  uint32    0
 *   24  L bytes   JSON {xnpe, settings, state}, padded with spaces so that 24 + L is a multiple of 8
 *   ... arrays, one after the other, each padded with zeros to a multiple of 8 bytes
 *
 * In `state` a typed array is {"$array": [kind, offset behind the text, number of items]}; what JSON cannot hold is {"$value":
 * "undefined" | "NaN" | "Infinity" | "-Infinity" | "-0"}.
 */
export function formatCheckpoint({ settings, state }: Checkpoint): Uint8Array {
  const arrays: AnyArray[] = [];
  let size = 0;
  const packed = pack(state, (array) => {
    const at = size;
    arrays.push(array);
    size += 8 * Math.ceil(array.byteLength / 8);
    return at;
  });
  const text = JSON.stringify({ xnpe: VERSION, settings, state: packed });
  const json = new TextEncoder().encode(text);
  const length = 8 * Math.ceil(json.length / 8);
  const bytes = new Uint8Array(HEAD + length + size);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, LAYOUT, true);
  view.setUint32(12, length, true);
  bytes.fill(0x20, HEAD, HEAD + length).set(json, HEAD);
  let at = HEAD + length;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += 8 * Math.ceil(array.byteLength / 8);
  }
  view.setUint32(16, checksum(bytes.subarray(HEAD)), true);
  return bytes;
}

/** The checkpoint of bytes that formatCheckpoint wrote. Throws InputError where they are damaged, foreign, or of another version. */
export function parseCheckpoint(bytes: Uint8Array, file: string): Checkpoint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEAD || new TextDecoder().decode(bytes.subarray(0, 8)) !== MAGIC)
    throw new InputError("this is not a checkpoint of xnpe", { file });
  if (view.getUint32(8, true) !== LAYOUT)
    throw new InputError(
      `the checkpoint has layout ${view.getUint32(8, true)}, and this version reads layout ${LAYOUT}; start anew without --resume`,
      { file },
    );
  const length = view.getUint32(12, true);
  if (view.getUint32(16, true) !== checksum(bytes.subarray(HEAD)) || HEAD + length > bytes.length)
    throw new InputError("the checkpoint is damaged or cut; start anew without --resume", { file });
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(HEAD, HEAD + length)));
  if (!isRecord(value) || !isRecord(value.settings)) throw new Error("internal: checkpoint without settings");
  if (value.xnpe !== VERSION)
    throw new InputError(
      `the checkpoint was made by xnpe ${String(value.xnpe)}, and this is ${VERSION}; start anew without --resume`,
      { file },
    );
  return { settings: value.settings, state: unpack(value.state, bytes.subarray(HEAD + length)) };
}

/** Throws InputError where a checkpoint belongs to other settings or data, naming the first difference. */
export function checkSameRun(
  found: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
  file: string,
): void {
  for (const key of new Set([...Object.keys(wanted), ...Object.keys(found)])) {
    const [was, is] = [found[key], wanted[key]].map((value) => JSON.stringify(value) ?? "nothing");
    if (was === is) continue;
    const what = was.length + is.length > 120 ? "" : `: ${was} then, ${is} now`;
    throw new InputError(
      `the checkpoint is of another run: ${key} differs${what}; repeat the settings, or start anew without --resume`,
      { file },
    );
  }
}

function pack(value: unknown, place: (array: AnyArray) => number): unknown {
  if (value === undefined) return { $value: "undefined" };
  if (typeof value === "number")
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { $value: Object.is(value, -0) ? "-0" : String(value) };
  if (Array.isArray(value)) return value.map((each) => pack(each, place));
  if (ArrayBuffer.isView(value)) {
    const kind = Object.keys(KINDS).find((name) => value instanceof KINDS[name as Kind]);
    if (kind === undefined) throw new Error("internal: a checkpoint cannot hold this array");
    const array = value as AnyArray;
    return { $array: [kind, place(array), array.length] };
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, pack(each, place)]));
}

function unpack(value: unknown, data: Uint8Array): unknown {
  if (Array.isArray(value)) return value.map((each) => unpack(each, data));
  if (!isRecord(value)) return value;
  if (typeof value.$value === "string")
    return value.$value === "undefined" ? undefined : Number(value.$value);
  if (Array.isArray(value.$array)) {
    const [kind, at, length] = value.$array as [Kind, number, number];
    const make = KINDS[kind];
    // A copy: offsets of the whole file need not suit the array's items, and a Buffer's own slice is none.
    const own = new Uint8Array(data.subarray(at, at + length * make.BYTES_PER_ELEMENT));
    return new make(own.buffer, 0, length);
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unpack(each, data)]));
}

/** FNV-1a over 32-bit words; the length is a multiple of 8 bytes. */
function checksum(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let hash = 0x811c9dc5;
  for (let at = 0; at + 4 <= bytes.length; at += 4)
    hash = Math.imul(hash ^ view.getUint32(at, true), 0x01000193);
  return hash >>> 0;
}
