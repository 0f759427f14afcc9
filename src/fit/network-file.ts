import { InputError } from "../errors.ts";
import { decodeFlow, encodeFlow } from "../flow/file.ts";
import type { FlowSpec, FlowWeights } from "../flow/spec.ts";
import type { PosteriorSpec } from "../npe/posterior.ts";
import type { Recipe } from "../npe/recipe.ts";
import { type CountsWindow, everything } from "../npe/window.ts";
import { VERSION } from "./version.ts";

/** Number of the metadata's layout; raised when an older reader would misread a file. */
const FORMAT = 1;

/** What a network was trained for. */
export interface NetworkOrigin {
  readonly model: string;
  readonly abund: string;
  readonly xsect: string;
  /** Values of all parameters of the model (P); placeholders for the free ones. */
  readonly values: readonly number[];
  /** Free parameters in the order of theta, with their priors. */
  readonly free: readonly { readonly path: string; readonly prior: string }[];
  /** Range of expected source counts that was simulated. */
  readonly window: CountsWindow;
  readonly responseHash: string;
  readonly seed: number;
  readonly recipe: Recipe;
}

export interface NetworkFile {
  readonly origin: NetworkOrigin;
  readonly posterior: PosteriorSpec;
  readonly flow: FlowWeights;
}

/**
 * A trained network as a safetensors file: the flow's weights as tensors, everything else as JSON in the metadata under `xnpe`
 * (arrays as lists of numbers, which keeps every bit of a float64). docs/formats.md describes it.
 */
export function formatNetwork({ origin, posterior, flow }: NetworkFile): Uint8Array {
  const { window } = origin;
  const stored = {
    ...origin,
    window: { lower: window.lower, ...(window.upper < Infinity && { upper: window.upper }) },
  };
  const text = JSON.stringify({ format: FORMAT, version: VERSION, origin: stored, posterior }, plain);
  return encodeFlow(flow, { xnpe: text });
}

/** Reads `formatNetwork`'s bytes. InputError where the file is cut, foreign or of a newer layout. */
export function parseNetwork(bytes: Uint8Array, file: string): NetworkFile {
  const { weights, metadata } = decodeFlow(bytes, file);
  const stored = parseStored(metadata.xnpe);
  if (typeof stored?.format !== "number") throw foreign(file);
  const { format, version, origin, posterior } = stored;
  if (format !== FORMAT)
    throw new InputError(
      `has layout ${format} (xnpe ${version}), but this xnpe ${VERSION} reads layout ${FORMAT}; update xnpe`,
      { file },
    );
  if (!belongTogether(origin, posterior, weights.spec)) throw foreign(file);
  return {
    origin: { ...origin, window: { ...everything, ...origin.window } },
    posterior,
    flow: weights,
  };
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

/** True where parameters, features, targets and base are there and are those of the flow. */
function belongTogether(
  origin: Partial<Stored["origin"]> | undefined,
  posterior: Partial<PosteriorSpec> | undefined,
  { targets, features }: FlowSpec,
): boolean {
  return (
    typeof origin?.model === "string" &&
    Array.isArray(origin.values) &&
    origin.window !== undefined &&
    origin.free?.length === targets &&
    posterior?.targets?.length === targets &&
    posterior.features?.mean?.length === features &&
    posterior.base?.targets === targets &&
    posterior.base.features === features
  );
}

function foreign(file: string): InputError {
  return new InputError("holds a flow, but not what it was trained for; was it written by xnpe?", { file });
}

const KINDS = { float64: Float64Array, int32: Int32Array };

/** Typed arrays as `{ float64: [...] }` and `{ int32: [...] }`. */
function plain(_key: string, value: unknown): unknown {
  if (value instanceof Float64Array) return { float64: Array.from(value) };
  if (value instanceof Int32Array) return { int32: Array.from(value) };
  return value;
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const [[kind, numbers] = ["", undefined], ...rest] = Object.entries(value);
  if (rest.length > 0 || !(kind === "float64" || kind === "int32")) return value;
  return KINDS[kind].from(numbers as number[]);
}
