/** First byte that arenas hand out; kernels keep their constants below it. */
export const ARENA_START = 65536;

const PAGE = 65536;
// One below the limit of 4 GB: the kernels declare it, and a module that declares the limit itself loses it in compilation.
const MAXIMUM_PAGES = 65535;

/**
 * A WebAssembly memory of at least `bytes`. Shared memories can be used by several
 * threads and never move; unshared ones may grow up to 4 GB.
 */
export function createMemory(
  bytes: number,
  { shared = false }: { shared?: boolean } = {},
): WebAssembly.Memory {
  const initial = Math.ceil((bytes + ARENA_START) / PAGE);
  return new WebAssembly.Memory({ initial, maximum: shared ? initial : MAXIMUM_PAGES, shared });
}

/**
 * Hands out places in one linear memory, from the bottom up, 64-byte aligned. Where every thread of a team asks for the
 * same things in the same order, all get the same places.
 *
 * An unshared memory grows when it is full, which detaches views on it: make views when they are used.
 */
export interface Arena {
  readonly memory: WebAssembly.Memory;
  /** Byte offset of room for n floats. */
  floats(n: number): number;
  /** The present top; `release(mark)` gives back everything handed out since. */
  mark(): number;
  release(mark: number): void;
}

export function createArena(memory: WebAssembly.Memory, start = ARENA_START): Arena {
  let top = align(start);
  return {
    memory,
    floats(n) {
      const place = top;
      top = align(top + 4 * n);
      const missing = top - memory.buffer.byteLength;
      if (missing > 0) grow(memory, missing);
      return place;
    },
    mark: () => top,
    release(mark) {
      top = mark;
    },
  };
}

function grow(memory: WebAssembly.Memory, missing: number): void {
  try {
    memory.grow(Math.ceil(missing / PAGE));
  } catch (cause) {
    const size = (memory.buffer.byteLength / 1e6).toFixed(0);
    throw new Error(`internal: memory of ${size} MB is full and cannot grow`, { cause });
  }
}

export const align = (byte: number): number => Math.ceil(byte / 64) * 64;

export const floats = (memory: WebAssembly.Memory, place: number, n: number): Float32Array =>
  new Float32Array(memory.buffer, place, n);

export const words = (memory: WebAssembly.Memory, place: number, n: number): Uint32Array =>
  new Uint32Array(memory.buffer, place, n);
