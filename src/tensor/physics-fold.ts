import { type BandMatrix, bandBytes, checkBand, GROUP, layOut, type Table } from "./physics-band.ts";
import type { PhysicsCore } from "./physics-core.ts";
import { doubles, isPlaced, placed, withScratch } from "./physics-place.ts";

export interface FoldOptions {
  /**
   * "float64" (default): relative error below 1e-13. "float32": below 1e-6 and about twice as fast, for
   * training simulations; photons below 1e-24 count as zero, photons and matrix elements above 3e38 are not
   * representable.
   */
  readonly precision?: "float64" | "float32";
}

/** out[i, c] = sum_e matrix[c, e] photons[i, e]. */
export interface BandFold {
  readonly rows: number;
  readonly columns: number;
  /**
   * `out` (n, C), `photons` (n, E). A row's result does not depend on the other rows. Fastest for n a
   * multiple of 8, with arrays in the kernels' memory.
   */
  fold(out: Float64Array, photons: Float64Array, n: number): void;
  /** Gives the matrix's memory back; `fold` must not be called any more. */
  dispose(): void;
}

/**
 * Bytes that a fold of this matrix takes, its scratch included: to size `memoryBytes` before the kernels are
 * made.
 */
export function foldBytes(band: BandMatrix, options: FoldOptions = {}): number {
  const { precision = "float64" } = options;
  const chunk = TILES * TILE[precision === "float32" ? 4 : 8];
  const scratch = 8 * (chunk + 4 * TILES) * (band.columns + band.start.length + GROUP);
  return bandBytes(band, precision === "float32" ? 4 : 8) + scratch + 1024;
}

/**
 * Prepares a band matrix for folding in batches. See kernels/physics-fold.ts for layout and order of
 * summation.
 */
export function createFold(core: PhysicsCore, band: BandMatrix, options: FoldOptions = {}): BandFold {
  const { precision = "float64" } = options;
  checkBand(band);
  const table = layOut(core, band, precision === "float32" ? 4 : 8);
  return {
    rows: band.start.length,
    columns: band.columns,
    fold(out, photons, n) {
      if (photons.length < n * band.columns || out.length < n * table.rows) {
        throw new Error(
          `internal: fold of ${n} spectra: arrays of ${photons.length} photons, ${out.length} results`,
        );
      }
      foldAll(core, table, out, photons, n);
    },
    dispose: () => core.heap.release(table.items),
  };
}

type Placed = { readonly photons: number; readonly out: number; readonly rows: number };

/** Spectra folded at once: two tiles, so that a block of weights is used twice while it is in the cache. */
const TILES = 2;
const TILE = { 4: 8, 8: 4 } as const;

function foldAll(core: PhysicsCore, table: Table, out: Float64Array, photons: Float64Array, n: number): void {
  const { rows, columns, padded, bytes } = table;
  const tile = TILE[bytes];
  const chunk = Math.min(n, TILES * tile);
  withScratch(core, (take) => {
    const input = isPlaced(core, photons) ? 0 : take(8 * chunk * columns);
    const output = isPlaced(core, out) ? 0 : take(8 * chunk * rows);
    const scratch = { photons: take(TILES * 32 * columns), sums: take(TILES * 32 * padded) };
    for (let first = 0; first < n; first += chunk) {
      const count = Math.min(chunk, n - first);
      const place = {
        photons: placed(core, photons, first * columns, count * columns, input),
        out: isPlaced(core, out) ? out.byteOffset + 8 * first * rows : output,
        rows: count,
      };
      const whole = bytes === 4 ? count : count - (count % tile);
      foldTiles(core, table, { ...place, rows: whole }, scratch);
      foldRest(core, table, place, whole, scratch.sums);
      if (!isPlaced(core, out)) out.set(doubles(core, output, count * rows), first * rows);
    }
  });
}

/**
 * Whole tiles (the last filled up by repetition). Photons and sums of a tile take 32 bytes a column or row.
 */
function foldTiles(
  { kernels, memory }: PhysicsCore,
  { rows, columns, padded, items, count, bytes }: Table,
  place: Placed,
  scratch: { photons: number; sums: number },
): void {
  const tile = TILE[bytes];
  const tiles = Math.ceil(place.rows / tile);
  const pack = bytes === 4 ? kernels.packFloat32 : kernels.packFloat64;
  const fold = bytes === 4 ? kernels.foldFloat32 : kernels.foldFloat64;
  const unpack = bytes === 4 ? kernels.unpackFloat32 : kernels.unpackFloat64;
  for (let t = 0; t < tiles; t++) {
    const inTile = Math.min(tile, place.rows - t * tile);
    pack(scratch.photons + 32 * columns * t, place.photons + 8 * columns * tile * t, inTile, columns);
  }
  new Uint8Array(memory.buffer, scratch.sums, 32 * padded * tiles).fill(0);
  fold(items, count, scratch.photons, 32 * columns, scratch.sums, 32 * padded, tiles);
  for (let t = 0; t < tiles; t++) {
    const inTile = Math.min(tile, place.rows - t * tile);
    unpack(place.out + 8 * rows * tile * t, scratch.sums + 32 * padded * t, inTile, rows);
  }
}

/**
 * Rows from `first` on, one by one (float64 only): a tile with one spectrum in it would do four times the
 * work.
 */
function foldRest(core: PhysicsCore, table: Table, place: Placed, first: number, sums: number): void {
  const { rows, columns, padded, items, count } = table;
  for (let r = first; r < place.rows; r++) {
    doubles(core, sums, padded).fill(0);
    core.kernels.foldOne(items, count, place.photons + 8 * r * columns, sums);
    doubles(core, place.out + 8 * r * rows, rows).set(doubles(core, sums, rows));
  }
}
