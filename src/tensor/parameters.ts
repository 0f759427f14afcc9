import type { Engine } from "./engine.ts";
import { floats, words } from "./memory.ts";

/** A weight (rows = inputs, columns = outputs) or a bias (one row) that a network needs. */
export interface Declaration {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Row-major (rows, columns) of 0 and 1: entries that are 0 stay zero for ever. */
  readonly mask?: Float32Array;
}

/** A declared array in the engine's memory: rows `ld` floats apart, columns padded to whole blocks of 8 with zeros. */
export interface Parameter extends Declaration {
  readonly ld: number;
  /** Position in the store's flat vectors, in floats. */
  readonly offset: number;
  readonly value: number;
  /** 0 where the store is not for training. */
  readonly gradient: number;
  readonly maskPlace: number;
  /** Sum of squares of the gradient of each block of 8 columns. */
  readonly squares: number;
  readonly blocks: number;
  /** Rows that are not wholly masked in each block. */
  readonly depths: ArrayLike<number>;
  /** What a mask leaves to do; see `sparsity`. 0 without a mask. */
  readonly limits: number;
  readonly starts: number;
  readonly blockLimits: number;
}

/** All parameters of a network as one flat vector, with gradient and Adam moments beside it while training. */
export interface ParameterStore {
  readonly list: readonly Parameter[];
  readonly byName: ReadonlyMap<string, Parameter>;
  /** Length of the flat vectors, padding included. */
  readonly length: number;
  readonly values: number;
  readonly gradients: number;
  readonly firstMoments: number;
  readonly secondMoments: number;
  /** Blocks of squares of all parameters together. */
  readonly squares: number;
  readonly blocks: number;
}

const pad = (n: number, to: number): number => Math.ceil(n / to) * to;

/**
 * Places the declared arrays in the engine's arena; values, gradients and moments are not touched (`clearStore`).
 * With `write`, masks and their tables are written: in a team one thread does that.
 */
export function createStore(
  engine: Engine,
  declarations: readonly Declaration[],
  { training = false, write = true }: { training?: boolean; write?: boolean } = {},
): ParameterStore {
  const { arena } = engine;
  const sizes = declarations.map(({ rows, columns }) => pad(rows * pad(columns, 8), 16));
  const length = sizes.reduce((sum, n) => sum + n, 0);
  const blocks = declarations.reduce((sum, { columns }) => sum + Math.ceil(columns / 8), 0);
  const vector = (): number => (training ? arena.floats(length) : 0);
  const values = arena.floats(length);
  const gradients = vector();
  const firstMoments = vector();
  const secondMoments = vector();
  const squares = training ? arena.floats(blocks) : 0;
  let offset = 0;
  let block = 0;
  const list = declarations.map((declaration, i): Parameter => {
    const masked = placeMask(engine, declaration, training, write);
    const parameter: Parameter = {
      ...declaration,
      ...masked,
      ld: pad(declaration.columns, 8),
      offset,
      value: values + 4 * offset,
      gradient: training ? gradients + 4 * offset : 0,
      squares: squares + 4 * block,
      blocks: Math.ceil(declaration.columns / 8),
    };
    offset += sizes[i];
    block += parameter.blocks;
    return parameter;
  });
  const byName = new Map(list.map((p) => [p.name, p]));
  return { list, byName, length, values, gradients, firstMoments, secondMoments, squares, blocks };
}

/** Sets values, gradients, moments and squares to zero. */
export function clearStore({ memory }: Engine, store: ParameterStore): void {
  const { length } = store;
  for (const place of [store.values, store.gradients, store.firstMoments, store.secondMoments]) {
    if (place) floats(memory, place, length).fill(0);
  }
  if (store.squares) floats(memory, store.squares, store.blocks).fill(0);
}

/**
 * What a mask (rows, columns) leaves to compute, for kernels that work in blocks of 4 or 8:
 * limits[n/4] and blockLimits[n/8]: leading rows beyond which the block of columns is wholly masked;
 * starts[k/4]: the first column that is not wholly masked in the block of rows.
 */
export function sparsity(
  mask: Float32Array,
  rows: number,
  columns: number,
): { limits: Uint32Array; starts: Uint32Array; blockLimits: Uint32Array } {
  const limits = new Uint32Array(Math.ceil(columns / 4));
  const blockLimits = new Uint32Array(Math.ceil(columns / 8));
  const starts = new Uint32Array(Math.ceil(rows / 4)).fill(columns);
  for (let k = 0; k < rows; k++) {
    for (let n = 0; n < columns; n++) {
      if (mask[k * columns + n] === 0) continue;
      limits[n >> 2] = Math.max(limits[n >> 2], k + 1);
      blockLimits[n >> 3] = Math.max(blockLimits[n >> 3], k + 1);
      starts[k >> 2] = Math.min(starts[k >> 2], n);
    }
  }
  return { limits, starts, blockLimits };
}

function placeMask(
  { arena, memory }: Engine,
  { mask, rows, columns }: Declaration,
  training: boolean,
  write: boolean,
): Pick<Parameter, "maskPlace" | "limits" | "starts" | "blockLimits" | "depths"> {
  if (!mask) {
    const depths = new Array<number>(Math.ceil(columns / 8)).fill(rows);
    return { maskPlace: 0, limits: 0, starts: 0, blockLimits: 0, depths };
  }
  const ld = pad(columns, 8);
  const tables = sparsity(mask, rows, columns);
  const maskPlace = training ? arena.floats(rows * ld) : 0;
  const limits = arena.floats(Math.ceil(columns / 4));
  const starts = arena.floats(Math.ceil(rows / 4));
  const blockLimits = arena.floats(Math.ceil(columns / 8));
  if (write) {
    words(memory, limits, tables.limits.length).set(tables.limits);
    words(memory, starts, tables.starts.length).set(tables.starts);
    words(memory, blockLimits, tables.blockLimits.length).set(tables.blockLimits);
    if (training) {
      const padded = floats(memory, maskPlace, rows * ld).fill(0);
      for (let k = 0; k < rows; k++) padded.set(mask.subarray(k * columns, (k + 1) * columns), k * ld);
    }
  }
  return { maskPlace, limits, starts, blockLimits, depths: tables.blockLimits };
}

/** Plain row-major copy (rows, columns) of a parameter's values or, from `place`, its gradient. */
export function readParameter(
  { memory }: Engine,
  parameter: Parameter,
  place = parameter.value,
): Float32Array {
  const { rows, columns, ld } = parameter;
  const padded = floats(memory, place, rows * ld);
  const out = new Float32Array(rows * columns);
  for (let k = 0; k < rows; k++) out.set(padded.subarray(k * ld, k * ld + columns), k * columns);
  return out;
}

/** Sets a parameter's values from a row-major array (rows, columns); masked entries become zero. */
export function writeParameter({ memory }: Engine, parameter: Parameter, data: Float32Array): void {
  const { rows, columns, ld, mask } = parameter;
  if (data.length !== rows * columns) {
    throw new Error(`internal: ${parameter.name} has ${rows * columns} values, ${data.length} were given`);
  }
  const padded = floats(memory, parameter.value, rows * ld).fill(0);
  for (let k = 0; k < rows; k++) {
    for (let n = 0; n < columns; n++) {
      const i = k * columns + n;
      padded[k * ld + n] = mask && mask[i] === 0 ? 0 : data[i];
    }
  }
}
