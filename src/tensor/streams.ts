import { fnv1a32 } from "../math/index.ts";

/** Key and the two upper counter words of a Philox stream. */
export interface RandomKey {
  readonly key0: number;
  readonly key1: number;
  readonly c2: number;
  readonly c3: number;
}

/**
 * The stream of a seed, a name and an index, for the kernels, which count in the two lower words themselves: the key is
 * the seed (a whole number below 2^53), the upper words are the index (below 2^32) and the hash of the name.
 */
export function randomKey(seed: number, name: string, index = 0): RandomKey {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`internal: seed ${seed} is not in [0, 2^53)`);
  return { key0: seed >>> 0, key1: Math.floor(seed / 2 ** 32), c2: index >>> 0, c3: fnv1a32(name) };
}
