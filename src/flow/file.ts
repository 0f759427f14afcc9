import { InputError } from "../errors.ts";
import { flows } from "./flows.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
import type { FlowSpec, FlowWeights } from "./spec.ts";
import { checkWeights } from "./weights.ts";

/** Keys of the metadata that a flow's file uses itself. */
const SPEC = "flow";
const PERMUTATIONS = "permutations";

/** A flow as the bytes of a safetensors file; `metadata` (texts, for instance JSON) travel with it. */
export function encodeFlow(
  { spec, arrays, permutations }: FlowWeights,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const own = { [SPEC]: JSON.stringify(spec), [PERMUTATIONS]: JSON.stringify(permutations) };
  return encodeSafetensors({ arrays, metadata: { ...metadata, ...own } });
}

/** Reads `encodeFlow`'s bytes; the flow gives the same numbers again. Errors (InputError): the file is not one, or not whole. */
export function decodeFlow(
  bytes: Uint8Array,
  file = "network.safetensors",
): { weights: FlowWeights; metadata: Readonly<Record<string, string>> } {
  const { arrays, metadata } = decodeSafetensors(bytes, file);
  const parse = (key: string): unknown => {
    try {
      return JSON.parse(metadata[key] ?? "");
    } catch (cause) {
      throw new InputError(`the metadata hold no ${key}; was it written by xnpe?`, { file }, { cause });
    }
  };
  const spec = checkSpec(parse(SPEC), file);
  const permutations = parse(PERMUTATIONS);
  if (!Array.isArray(permutations) || !permutations.every(Array.isArray)) {
    throw new InputError("the metadata's permutations are not lists", { file });
  }
  const weights = { spec, arrays, permutations: permutations as number[][] };
  checkWeights(weights);
  return { weights, metadata };
}

/** Errors (InputError): a flow of unknown kind, or sizes that are no positive whole numbers. */
function checkSpec(value: unknown, file: string): FlowSpec {
  const spec = value as FlowSpec;
  if (!flows.some(({ kind }) => kind === spec?.kind)) {
    const known = flows.map(({ kind }) => kind).join(", ");
    throw new InputError(`unknown flow "${String(spec?.kind)}"; known are ${known}`, { file });
  }
  const { targets, features, layers, hidden, blocks, embedding } = spec;
  const sizes = { targets, features, layers, hidden, ...(embedding && { embedding: embedding.hidden }) };
  if (spec.kind === "nsf" && !(spec.tail > 0 && Number.isSafeInteger(spec.bins) && spec.bins > 1)) {
    throw new InputError(`the flow's splines need bins and a tail, found ${spec.bins} and ${spec.tail}`, {
      file,
    });
  }
  for (const [name, size] of Object.entries({ ...sizes, blocks: blocks + 1 })) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw new InputError(`the flow's ${name} should be a positive whole number, but is ${size}`, { file });
    }
  }
  return spec;
}
