import { InputError } from "../errors.ts";
import { fnv1a32 } from "../math/fnv.ts";
import type { PhysicsCore, StreamWords } from "./physics-core.ts";
import {
  type AnyArray,
  doubles,
  inPieces,
  isPlaced,
  pieceRows,
  placed,
  withScratch,
} from "./physics-place.ts";

/**
 * Which random numbers a batch uses: row i draws from `stream(seed, name, firstIndex + i)` of math/random.ts.
 */
export interface StreamKey {
  /** Integer in [0, 2^53). */
  readonly seed: number;
  readonly name: string;
  /** Integer in [0, 2^53); 0 where not given. */
  readonly firstIndex?: number;
}

const TWO_32 = 2 ** 32;

/** Key and counter words of row `skip`, as the kernels take them. */
export function streamWords({ seed, name, firstIndex = 0 }: StreamKey, skip = 0): StreamWords {
  for (const value of [seed, firstIndex]) {
    if (!Number.isSafeInteger(value) || value < 0) throw new Error(`internal: ${value} is not in [0, 2^53)`);
  }
  const index = firstIndex + skip;
  return [
    index % TWO_32,
    Math.floor(index / TWO_32),
    fnv1a32(name),
    seed % TWO_32,
    Math.floor(seed / TWO_32),
  ];
}

/** Error that names the bin: the kernel says only in which row a mean is not a finite number >= 0. */
export function badMean(mu: Float64Array | Float32Array, row: number, bins: number): InputError {
  const values = mu.subarray(row * bins, (row + 1) * bins);
  const bin = values.findIndex((value) => !(value >= 0 && value < Infinity));
  return new InputError(
    `Poisson draws need expected counts that are finite and not negative; found ${values[bin]} in bin ${bin} of spectrum ${row}. ` +
      "Check the model's parameters there.",
  );
}

/** Draws counts (n, C) with means mu (n, C); see `PhysicsKernels.poisson`. */
export function poisson(
  core: PhysicsCore,
  out: AnyArray,
  mu: Float64Array | Float32Array,
  n: number,
  key: StreamKey,
): void {
  if (n === 0) return;
  const bins = mu.length / n;
  if (!Number.isInteger(bins) || out.length < mu.length) {
    throw new Error(
      `internal: Poisson draws of ${n} rows: ${mu.length} means, room for ${out.length} counts`,
    );
  }
  withScratch(core, (take) => {
    const size = 8 * pieceRows(n, bins) * bins;
    const [scratch, means, counts] = [take(8 * bins), take(size), take(size)];
    inPieces(n, bins, (first, rows) => {
      const source = placed(core, mu, first * bins, rows * bins, means);
      const direct = out instanceof Float64Array && isPlaced(core, out);
      const target = direct ? out.byteOffset + 8 * first * bins : counts;
      const bad = core.kernels.poissonRows(target, source, scratch, rows, bins, ...streamWords(key, first));
      if (bad >= 0) throw badMean(mu, first + bad, bins);
      if (!direct) out.set(doubles(core, counts, rows * bins), first * bins);
    });
  });
}

/** The first out.length uniforms of `stream(seed, name, firstIndex)`. */
export function uniform(core: PhysicsCore, out: Float64Array, key: StreamKey): void {
  withScratch(core, (take) => {
    const scratch = take(8 * out.length);
    core.kernels.uniformArray(scratch, out.length, ...streamWords(key));
    out.set(doubles(core, scratch, out.length));
  });
}
