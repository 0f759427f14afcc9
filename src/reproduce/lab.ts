import type { Control } from "../fit/types.ts";
import type { Lab, ReproduceIo, Store } from "./types.ts";

export interface LabOptions {
  readonly seed: number;
  readonly short: boolean;
  readonly workers: number;
  /** True: what earlier runs kept is not used. */
  readonly anew: boolean;
}

/** What the experiments of one run share, kept in `cache/` of the store. */
export function createLab(
  { seed, short, workers, anew }: LabOptions,
  io: ReproduceIo,
  control: Control,
): Lab {
  const { store, data, spawn, clock } = io;
  const made = new Set<string>();
  const keptBytes = async (name: string, work: () => Promise<Uint8Array>): Promise<Uint8Array> => {
    const path = `cache/${name}`;
    const found = anew && !made.has(path) ? undefined : await store.read(path);
    if (found !== undefined) return found;
    const bytes = await work();
    await store.write(path, bytes);
    made.add(path);
    return bytes;
  };
  return {
    seed,
    short,
    workers,
    ...(spawn && { spawn }),
    clock,
    control,
    data,
    size: (full, small) => (short ? small : full),
    keptBytes,
    async kept<T>(name: string, work: () => Promise<T>): Promise<T> {
      const text = async () => new TextEncoder().encode(JSON.stringify(await work()));
      return JSON.parse(new TextDecoder().decode(await keptBytes(`${name}.json`, text))) as T;
    },
  };
}

/** A store in memory, for tests. */
export function memoryStore(): Store & { readonly files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>();
  return {
    files,
    read: async (name) => files.get(name),
    async write(name, bytes) {
      files.set(name, typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes);
    },
  };
}
