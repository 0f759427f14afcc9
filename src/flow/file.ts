import { InputError } from "../errors.ts";
import { flows as kinds } from "./flows.ts";
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

/**
 * Several flows as the bytes of one safetensors file: the arrays of flow k are named `<k>.` and their name, and the metadata hold lists. One
 * flow alone is written as `encodeFlow` does.
 */
export function encodeFlows(
  flows: readonly FlowWeights[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  if (flows.length === 1) return encodeFlow(flows[0], metadata);
  const named = flows.flatMap(({ arrays }, k) =>
    Object.entries(arrays).map(([name, array]) => [`${k}.${name}`, array] as const),
  );
  const own = {
    [SPEC]: JSON.stringify(flows.map(({ spec }) => spec)),
    [PERMUTATIONS]: JSON.stringify(flows.map(({ permutations }) => permutations)),
  };
  return encodeSafetensors({ arrays: Object.fromEntries(named), metadata: { ...metadata, ...own } });
}

/** Reads `encodeFlows`' bytes; the flows give the same numbers again. Errors (InputError): the file is not one, or not whole. */
export function decodeFlows(
  bytes: Uint8Array,
  file = "network.safetensors",
): { flows: readonly FlowWeights[]; metadata: Readonly<Record<string, string>> } {
  const { arrays, metadata } = decodeSafetensors(bytes, file);
  const parse = (key: string): unknown => {
    try {
      return JSON.parse(metadata[key] ?? "");
    } catch (cause) {
      throw new InputError(`the metadata hold no ${key}; was it written by xnpe?`, { file }, { cause });
    }
  };
  const specs = parse(SPEC);
  const permutations = parse(PERMUTATIONS);
  if (!Array.isArray(specs)) return { flows: [whole(specs, permutations, arrays, file)], metadata };
  if (specs.length === 0 || !Array.isArray(permutations))
    throw new InputError("the metadata list no flows; was it written by xnpe?", { file });
  const own = (k: number) =>
    Object.fromEntries(
      Object.entries(arrays)
        .filter(([name]) => name.startsWith(`${k}.`))
        .map(([name, array]) => [name.slice(`${k}.`.length), array]),
    );
  return { flows: specs.map((spec, k) => whole(spec, permutations[k], own(k), file)), metadata };
}

/** A flow of parts that belong together. */
function whole(
  given: unknown,
  permutations: unknown,
  arrays: FlowWeights["arrays"],
  file: string,
): FlowWeights {
  const spec = checkSpec(given, file);
  if (!Array.isArray(permutations) || !permutations.every(Array.isArray))
    throw new InputError("the metadata's permutations are not lists", { file });
  const weights = { spec, arrays, permutations: permutations as number[][] };
  try {
    checkWeights(weights);
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    throw new InputError(cause.message, { file }, { cause });
  }
  return weights;
}

/** Reads `encodeFlow`'s bytes; the flow gives the same numbers again. Errors (InputError): the file is not one, or not whole. */
export function decodeFlow(
  bytes: Uint8Array,
  file = "network.safetensors",
): { weights: FlowWeights; metadata: Readonly<Record<string, string>> } {
  const { flows, metadata } = decodeFlows(bytes, file);
  if (flows.length > 1) throw new InputError(`holds ${flows.length} flows, expected one`, { file });
  return { weights: flows[0], metadata };
}

/** Errors (InputError): a flow of unknown kind, or sizes that are no positive whole numbers. */
function checkSpec(value: unknown, file: string): FlowSpec {
  const spec = value as FlowSpec;
  if (!kinds.some(({ kind }) => kind === spec?.kind)) {
    const known = kinds.map(({ kind }) => kind).join(", ");
    throw new InputError(`unknown flow "${String(spec?.kind)}"; known are ${known}`, { file });
  }
  const { targets, features, hidden, blocks, embedding } = spec;
  const own = spec.kind === "mdn" ? { components: spec.components } : { layers: spec.layers };
  const sizes = { targets, features, ...own, hidden, ...(embedding && { embedding: embedding.hidden }) };
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
