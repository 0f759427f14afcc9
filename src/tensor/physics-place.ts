import type { PhysicsCore } from "./physics-core.ts";

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
export function isPlaced(core: PhysicsCore, array: Float64Array | Float32Array): boolean {
  return array instanceof Float64Array && array.buffer === core.memory.buffer;
}

/** Address of elements [first, first + n) of `array`: its own where it is placed, else of a copy at `scratch`. */
export function placed(
  core: PhysicsCore,
  array: Float64Array | Float32Array,
  first: number,
  n: number,
  scratch: number,
): number {
  if (isPlaced(core, array)) return array.byteOffset + 8 * first;
  doubles(core, scratch, n).set(array.subarray(first, first + n));
  return scratch;
}
