import { InputError } from "../errors.ts";
import { decodeFlows, encodeFlows } from "../flow/file.ts";
import type { FlowWeights } from "../flow/spec.ts";
import type { PosteriorSpec } from "../npe/posterior.ts";
import { type CountsWindow, everything } from "../npe/window.ts";
import type { NetworkOrigin } from "./network-origin.ts";
import { VERSION } from "./version.ts";

export type { NetworkOrigin } from "./network-origin.ts";

/**
 * Numbers of the metadata's layout; raised when an older reader would misread a file, or lack what it needs. Networks with a background have been told of it since
 * layout 3; those without one are still of layout 2.
 */
const FORMATS = { plain: 2, background: 3 };
const NEWEST = FORMATS.background;

/** Texts of the metadata besides the flow's own. */
const OURS = "xnpe";
const CHECKSUM = "sha256";

export interface NetworkFile {
  readonly origin: NetworkOrigin;
  readonly posterior: PosteriorSpec;
  /** Their mean density is the posterior's, in the variables of `posterior`. */
  readonly flows: readonly FlowWeights[];
}

/**
 * A trained network as a safetensors file: the flows' weights as tensors, everything else as JSON in the metadata under `xnpe`
 * (arrays as lists of numbers, which keeps every bit of a float64), and under `sha256` the checksum of both. docs/formats.md describes it.
 */
export async function formatNetwork({ origin, posterior, flows }: NetworkFile): Promise<Uint8Array> {
  const { window } = origin;
  const stored = {
    ...origin,
    window: { lower: window.lower, ...(window.upper < Infinity && { upper: window.upper }) },
  };
  const format = posterior.features.background === undefined ? FORMATS.plain : FORMATS.background;
  const text = JSON.stringify({ format, version: VERSION, origin: stored, posterior }, plain);
  return encodeFlows(flows, { [OURS]: text, [CHECKSUM]: await checksum(flows, text) });
}

/** Reads `formatNetwork`'s bytes. InputError where the file is cut, damaged, foreign, or of another layout. */
export async function parseNetwork(bytes: Uint8Array, file: string): Promise<NetworkFile> {
  const { flows, metadata } = decodeFlows(bytes, file);
  const stored = parseStored(metadata[OURS]);
  if (typeof stored?.format !== "number") throw foreign(file);
  const { format, version, origin, posterior } = stored;
  if (!Object.values(FORMATS).includes(format)) throw otherLayout(format, version, file);
  if (!belongTogether(origin, posterior, flows)) throw foreign(file);
  if (metadata[CHECKSUM] !== (await checksum(flows, metadata[OURS])))
    throw new InputError(
      "is damaged: its contents do not have the checksum (SHA-256) that was stored with them; copy it again, or train it again",
      { file },
    );
  if (format === FORMATS.plain && origin.data.some(({ background }) => background)) throw untold(file);
  return { origin: { ...origin, window: { ...everything, ...origin.window } }, posterior, flows };
}

/** SHA-256 (hexadecimal) of architecture, permutations, description and weights. */
async function checksum(flows: readonly FlowWeights[], text: string): Promise<string> {
  const texts = JSON.stringify([flows.map(({ spec, permutations }) => [spec, permutations]), text]);
  const arrays = flows.flatMap((flow) => Object.entries(flow.arrays));
  const head = new TextEncoder().encode(
    texts + JSON.stringify(arrays.map(([name, { shape }]) => [name, shape])),
  );
  const numbers = arrays.reduce((sum, [, { data }]) => sum + data.length, 0);
  const bytes = new Uint8Array(head.length + 4 * numbers);
  bytes.set(head);
  const view = new DataView(bytes.buffer, head.length);
  let at = 0;
  for (const [, { data }] of arrays)
    for (let i = 0; i < data.length; i++, at += 4) view.setFloat32(at, data[i], true);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What stands in the metadata; nothing of it is sure. */
interface Stored {
  readonly format?: unknown;
  readonly version?: unknown;
  /** A window without an end has no upper limit. */
  readonly origin: Omit<NetworkOrigin, "window"> & { readonly window: Partial<CountsWindow> };
  readonly posterior: PosteriorSpec;
}

function parseStored(text: string | undefined): Stored | null {
  try {
    return JSON.parse(text ?? "null", revive);
  } catch {
    return null;
  }
}

/** True where parameters, set-up, features, targets and base are there and are those of every flow. */
function belongTogether(
  origin: Partial<Stored["origin"]> | undefined,
  posterior: Partial<PosteriorSpec> | undefined,
  flows: readonly FlowWeights[],
): boolean {
  return (
    typeof origin?.model === "string" &&
    Array.isArray(origin.values) &&
    Array.isArray(origin.data) &&
    origin.selection !== undefined &&
    origin.window !== undefined &&
    flows.every(
      ({ spec: { targets, features } }) =>
        origin.free?.length === targets &&
        posterior?.targets?.length === targets &&
        posterior.features?.mean?.length === features &&
        posterior.base?.targets === targets &&
        posterior.base.features === features,
    )
  );
}

function foreign(file: string): InputError {
  return new InputError("holds a flow, but not what it was trained for; was it written by xnpe?", { file });
}

function untold(file: string): InputError {
  return new InputError(
    "was trained by an older xnpe for one background alone, whose counts it is not shown; train the network again (xnpe train)",
    { file },
  );
}

function otherLayout(format: number, version: unknown, file: string): InputError {
  const what = format > NEWEST ? "update xnpe" : "train the network again (xnpe train)";
  return new InputError(
    `has layout ${format} (xnpe ${version}), but this xnpe ${VERSION} reads layouts ${FORMATS.plain} and ${NEWEST}; ${what}`,
    { file },
  );
}

const KINDS = { float64: Float64Array, float32: Float32Array, int32: Int32Array };

/** Typed arrays as `{ float64: [...] }`, `{ float32: [...] }` and `{ int32: [...] }`, infinite numbers as `{ number: "Infinity" }`. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return { number: String(value) };
  for (const [kind, type] of Object.entries(KINDS))
    if (value instanceof type) return { [kind]: Array.from(value) };
  return value;
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const [[kind, numbers] = ["", undefined], ...rest] = Object.entries(value);
  if (rest.length === 0 && kind === "number" && typeof numbers === "string") return Number(numbers);
  if (rest.length > 0 || !isKind(kind)) return value;
  return KINDS[kind].from(numbers as number[]);
}

function isKind(name: string): name is keyof typeof KINDS {
  return Object.hasOwn(KINDS, name);
}
