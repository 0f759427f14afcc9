import { decodeBase64 } from "./binary.ts";
import { plain } from "./generated/physics.ts";
import { createHeap, type Heap } from "./physics-heap.ts";

/** Stream of row 0: index (low, high), hash of the name, seed (low, high). */
export type StreamWords = readonly [number, number, number, number, number];

/** Exports of kernels/physics.ts. Arrays are addresses in bytes; sizes are numbers of elements. */
export interface PhysicsExports {
  heapBase(): number;
  expArray(out: number, x: number, n: number): void;
  logArray(out: number, x: number, n: number): void;
  packFloat32(tile: number, photons: number, rows: number, columns: number): void;
  packFloat64(tile: number, photons: number, rows: number, columns: number): void;
  unpackFloat32(out: number, tile: number, rows: number, bins: number): void;
  unpackFloat64(out: number, tile: number, rows: number, bins: number): void;
  foldFloat32: FoldTiles;
  foldFloat64: FoldTiles;
  foldOne(items: number, count: number, photons: number, out: number): void;
  uniformArray(out: number, n: number, ...stream: StreamWords): void;
  poissonRows(
    out: number,
    means: number,
    scratch: number,
    rows: number,
    n: number,
    ...stream: StreamWords
  ): number;
  projectRows(out: number, counts: number, basis: number, rows: number, n: number, columns: number): void;
  drawAndProjectRows(
    out: number,
    means: number,
    basis: number,
    scratch: number,
    rows: number,
    n: number,
    columns: number,
    ...stream: StreamWords
  ): number;
  deviances(
    out: number,
    means: number,
    counts: number,
    countStride: number,
    rows: number,
    n: number,
    floor: number,
    factor: number,
  ): void;
}

type FoldTiles = (
  items: number,
  count: number,
  photons: number,
  photonStride: number,
  out: number,
  outStride: number,
  tiles: number,
) => void;

/** The kernels with the memory that they work in. */
export interface PhysicsCore {
  readonly memory: WebAssembly.Memory;
  readonly heap: Heap;
  readonly kernels: PhysicsExports;
}

const PAGE = 65536;
let compiled: WebAssembly.Module | undefined;

/** Kernels on a memory of their own, which never grows (growing would detach every view of it). */
export function createPhysicsCore(memoryBytes: number): PhysicsCore {
  compiled ??= new WebAssembly.Module(decodeBase64(plain));
  const pages = Math.ceil(memoryBytes / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const abort = () => {
    throw new Error("internal: a kernel stopped");
  };
  const instance = new WebAssembly.Instance(compiled, { env: { memory, abort } });
  const kernels = instance.exports as unknown as PhysicsExports;
  return { memory, heap: createHeap(kernels.heapBase(), pages * PAGE), kernels };
}
