import { InputError } from "../errors.ts";

/** A named array of a file: row-major, 32-bit floats. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface ArrayFile {
  readonly arrays: Readonly<Record<string, NamedArray>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const METADATA = "__metadata__";
/** Longest header that is believed (100 MB, as the reference implementation). */
const LONGEST_HEADER = 100_000_000;

/**
 * Bytes of a safetensors file: 64-bit little-endian length of the header, the header in JSON, padded with spaces so that the
 * data begin at a multiple of 8, then the arrays in the given order without gaps.
 * https://github.com/huggingface/safetensors#format
 */
export function encodeSafetensors({ arrays, metadata }: ArrayFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { [METADATA]: metadata };
  let end = 0;
  for (const [name, { shape, data }] of Object.entries(arrays)) {
    const start = end;
    end += data.byteLength;
    header[name] = { dtype: "F32", shape, data_offsets: [start, end] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(length), true);
  bytes.fill(0x20, 8, 8 + length).set(json, 8);
  let at = 8 + length;
  for (const { data } of Object.values(arrays)) {
    for (let i = 0; i < data.length; i++, at += 4) view.setFloat32(at, data[i], true);
  }
  return bytes;
}

/** Reads what `encodeSafetensors` writes. Errors (InputError): anything that is cut off, overlaps, or is not 32-bit float. */
export function decodeSafetensors(bytes: Uint8Array, file = "network.safetensors"): ArrayFile {
  const fail = (message: string, cause?: unknown): never => {
    throw new InputError(`${message}; is the file complete?`, { file }, { cause });
  };
  if (bytes.length < 8) fail(`expected at least 8 bytes, found ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > LONGEST_HEADER || 8 + length > bytes.length) {
    fail(`expected a header of ${length} bytes, found ${bytes.length - 8} bytes in all`);
  }
  const header = parseHeader(bytes.subarray(8, 8 + length), fail);
  const start = 8 + length;
  const arrays: Record<string, NamedArray> = {};
  let expected = 0;
  for (const [name, entry] of Object.entries(header.entries)) {
    const { shape, from, to } = checkEntry(name, entry, fail);
    if (from !== expected) fail(`array ${name} begins at byte ${from} of the data, expected ${expected}`);
    if (start + to > bytes.length)
      fail(`array ${name} ends at byte ${start + to}, the file at ${bytes.length}`);
    const data = new Float32Array((to - from) / 4);
    for (let i = 0; i < data.length; i++) data[i] = view.getFloat32(start + from + 4 * i, true);
    arrays[name] = { shape, data };
    expected = to;
  }
  if (start + expected !== bytes.length) {
    fail(`expected ${start + expected} bytes, found ${bytes.length}`);
  }
  return { arrays, metadata: header.metadata };
}

type Fail = (message: string, cause?: unknown) => never;

function parseHeader(
  bytes: Uint8Array,
  fail: Fail,
): { metadata: Record<string, string>; entries: Record<string, unknown> } {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    return fail("the header is not JSON", cause);
  }
  if (!isRecord(header)) return fail("the header is not a JSON object");
  const { [METADATA]: metadata = {}, ...entries } = header;
  if (!isRecord(metadata) || !Object.values(metadata).every((v) => typeof v === "string")) {
    return fail("the header's metadata are not texts");
  }
  return { metadata: metadata as Record<string, string>, entries };
}

function checkEntry(name: string, entry: unknown, fail: Fail): { shape: number[]; from: number; to: number } {
  if (!isRecord(entry)) return fail(`the header's entry for ${name} is not an object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (dtype !== "F32") return fail(`array ${name} should be of type F32, but is ${String(dtype)}`);
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
    return fail(`array ${name} has no proper shape and offsets`);
  }
  const [from, to] = offsets;
  const size = 4 * shape.reduce((product, n) => product * n, 1);
  if (to - from !== size) return fail(`array ${name} should have ${size} bytes, but has ${to - from}`);
  return { shape, from, to };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
