import type { PhysicsCore } from "./physics-core.ts";

/** Numbers in any of the kinds that the kernels' wrappers take; inside the kernels all are doubles. */
export type AnyArray = Float64Array | Float32Array | Uint32Array;

/** Numbers a piece: small enough for the second-level cache. */
const PIECE = 8192;

/** Rows of `width` numbers a piece. */
export function pieceRows(n: number, width: number): number {
  return Math.max(1, Math.min(n, Math.floor(PIECE / Math.max(1, width))));
}

/** Splits n rows into pieces; `work` gets the first row and the number of rows. */
export function inPieces(n: number, width: number, work: (first: number, rows: number) => void): void {
  const most = pieceRows(n, width);
  for (let first = 0; first < n; first += most) work(first, Math.min(most, n - first));
}

/** Hands out scratch places that are given back together when `work` ends. */
export function withScratch<T>(core: PhysicsCore, work: (take: (bytes: number) => number) => T): T {
  const taken: number[] = [];
  const take = (bytes: number) => {
    const address = core.heap.alloc(bytes);
    taken.push(address);
    return address;
  };
  try {
    return work(take);
  } finally {
    for (const address of taken) core.heap.release(address);
  }
}

/** Doubles [address, address + 8 n) of the kernels' memory. */
export function doubles(core: PhysicsCore, address: number, n: number): Float64Array {
  return new Float64Array(core.memory.buffer, address, n);
}

/** True where the array lies in the kernels' memory, so that they can work on it without a copy. */
export function isPlaced(core: PhysicsCore, array: AnyArray): boolean {
  return array instanceof Float64Array && array.buffer === core.memory.buffer;
}

/**
 * Address of elements [first, first + n) of `array`: its own where it is placed, else of a copy at `scratch`.
 */
export function placed(
  core: PhysicsCore,
  array: AnyArray,
  first: number,
  n: number,
  scratch: number,
): number {
  if (isPlaced(core, array)) return array.byteOffset + 8 * first;
  doubles(core, scratch, n).set(array.subarray(first, first + n));
  return scratch;
}
