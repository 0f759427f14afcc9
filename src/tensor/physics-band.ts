import type { PhysicsCore } from "./physics-core.ts";

/** A matrix (C, E) whose rows are zero outside one contiguous run of columns each. */
export interface BandMatrix {
  /** First column and number of columns of each row's run (C). */
  readonly start: Int32Array;
  readonly length: Int32Array;
  /** Offset of each run in `values` (C+1). */
  readonly offset: Int32Array;
  readonly values: Float64Array;
  /** Number of columns E. */
  readonly columns: number;
}

/**
 * Energies a block: of a tile they are 4 kB, so that two tiles and a group's weights stay in the first-level
 * cache. Short sums also round less: in float32 the largest error on a CCD's matrix was 9, 8, 3 and 3 e-7 for
 * blocks of 512, 256, 128 and 64; the speed was the same for all but the last.
 */
const BLOCK = 128;
/** Neighbouring bins that the micro-kernel forms at once. */
export const GROUP = 4;

/** A band matrix in the kernels' memory; see kernels/physics-fold.ts for the layout. */
export interface Table {
  readonly rows: number;
  readonly columns: number;
  /** Bytes an element: float32 or float64. */
  readonly bytes: 4 | 8;
  /** Rows in whole groups. */
  readonly padded: number;
  /** Address of the items, and behind them of the weights. */
  readonly items: number;
  readonly count: number;
}

interface Item {
  readonly first: number;
  readonly size: number;
  readonly group: number;
}

export function checkBand({ start, length, offset, values, columns }: BandMatrix): void {
  for (let c = 0; c < start.length; c++) {
    const inside = start[c] >= 0 && length[c] >= 0 && start[c] + length[c] <= columns;
    if (!inside || offset[c] + length[c] > values.length) {
      throw new Error(`internal: run of row ${c} leaves the band matrix of ${columns} columns`);
    }
  }
}

/** Bytes of the kernels' memory that `layOut` takes. */
export function bandBytes(band: BandMatrix, bytes: 4 | 8): number {
  return listItems(band).reduce((sum, { size }) => sum + 16 + bytes * GROUP * size, 0);
}

/** Writes items and weights to the kernels' memory. */
export function layOut(core: PhysicsCore, band: BandMatrix, bytes: 4 | 8): Table {
  const rows = band.start.length;
  const list = listItems(band);
  const elements = list.reduce((sum, { size }) => sum + GROUP * size, 0);
  const items = core.heap.alloc(16 * list.length + bytes * elements);
  const weights = items + 16 * list.length;
  const words = new Uint32Array(core.memory.buffer, items, 4 * list.length);
  const target =
    bytes === 4
      ? new Float32Array(core.memory.buffer, weights, elements)
      : new Float64Array(core.memory.buffer, weights, elements);
  let next = 0;
  list.forEach((item, i) => {
    words.set([item.first, item.size, item.group, weights + bytes * next], 4 * i);
    copyWeights(target.subarray(next, next + GROUP * item.size), band, item);
    next += GROUP * item.size;
  });
  const padded = GROUP * Math.ceil(rows / GROUP);
  return { rows, columns: band.columns, bytes, padded, items, count: list.length };
}

/** Every (block, group) that holds elements, blocks outside. */
function listItems(band: BandMatrix): Item[] {
  const groups = Math.ceil(band.start.length / GROUP);
  const unions = Array.from({ length: groups }, (_, group) => union(band, group));
  const list: Item[] = [];
  for (let block = 0; block < band.columns; block += BLOCK) {
    unions.forEach(([from, to], group) => {
      const first = Math.max(from, block);
      const size = Math.min(to, block + BLOCK) - first;
      if (size > 0) list.push({ first, size, group });
    });
  }
  return list;
}

function union({ start, length }: BandMatrix, group: number): readonly [number, number] {
  let from = Infinity;
  let to = 0;
  for (let c = GROUP * group; c < Math.min(GROUP * (group + 1), start.length); c++) {
    if (length[c] === 0) continue;
    from = Math.min(from, start[c]);
    to = Math.max(to, start[c] + length[c]);
  }
  return [from, to];
}

function copyWeights(out: Float32Array | Float64Array, band: BandMatrix, item: Item): void {
  out.fill(0);
  for (let j = 0; j < GROUP; j++) {
    const c = GROUP * item.group + j;
    if (c >= band.start.length) return;
    const from = Math.max(band.start[c], item.first);
    const to = Math.min(band.start[c] + band.length[c], item.first + item.size);
    for (let e = from; e < to; e++) {
      out[GROUP * (e - item.first) + j] = band.values[band.offset[c] + e - band.start[c]];
    }
  }
}
