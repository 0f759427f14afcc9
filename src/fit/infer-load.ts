import { InputError } from "../errors.ts";
import type { Observation } from "../observe/types.ts";
import { parseFileName } from "../ogip/filename.ts";
import { readTimes, type SpectrumTimes } from "../ogip/times.ts";
import type { ReadFile } from "../ogip/types.ts";
import { loadObservations } from "./load.ts";
import type { NetworkOrigin } from "./network-origin.ts";
import type { SpectrumInput } from "./types.ts";

export interface LoadedForInference {
  readonly observations: readonly Observation[];
  readonly times: SpectrumTimes;
}

/** A spectrum with the network's own selection of energies, and when it was taken. */
export async function loadForInference(
  input: SpectrumInput,
  { model, selection }: Pick<NetworkOrigin, "model" | "selection">,
  readFile: ReadFile,
): Promise<LoadedForInference> {
  const observations = await loadObservations({ ...selection, model, spectra: [input] }, readFile);
  const name = parseFileName(input.file);
  const bytes = await readFile(name.path);
  if (bytes === undefined) throw new InputError("there is no such spectrum file", { file: name.path });
  return { observations, times: await readTimes(bytes, name.path, name) };
}

/** Files that are remembered: responses are few and shared, spectra many and read once. */
const REMEMBERED = 8;

/** Reads a file that was among the last few read from memory: the same bytes for the same name. */
export function rememberFiles(readFile: ReadFile): ReadFile {
  const known = new Map<string, Promise<Uint8Array | undefined>>();
  return (path) => {
    const found = known.get(path) ?? readFile(path);
    known.delete(path);
    known.set(path, found);
    if (known.size > REMEMBERED) known.delete(known.keys().next().value ?? "");
    return found;
  };
}
