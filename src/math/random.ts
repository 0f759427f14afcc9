import { fnv1a32 } from "./fnv.ts";
import { philox4x32 } from "./philox.ts";
import { drawPoisson } from "./poisson.ts";
import type { Rng } from "./rng.ts";

const TWO_32 = 4294967296;
const LARGEST_BELOW_ONE = 1 - 2 ** -53;

/**
 * An independent stream of random numbers: the same (seed, name, index) gives the same numbers everywhere.
 *
 * Philox4x32-10 with key = (seed mod 2^32, floor(seed / 2^32)) and counter = (block, index mod 2^32,
 * floor(index / 2^32), fnv1a32(name)); block counts from 0, and its four words are used in order.
 *   uniform  ((a >>> 5) 2^26 + (b >>> 6) + 0.5) 2^-53 of two consecutive words a, b (1 is rounded down to 1 - 2^-53)
 *   normal   Box-Muller: of two uniforms u1, u2, r = sqrt(-2 ln u1); first r cos(2 pi u2), on the next call r sin(2 pi u2)
 *   poisson  see `drawPoisson`
 *
 * `seed` and `index`: integers in [0, 2^53). Internal error otherwise.
 */
export function stream(seed: number, name: string, index = 0): Rng {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`internal: seed ${seed} is not in [0, 2^53)`);
  if (!Number.isSafeInteger(index) || index < 0) throw new Error(`internal: stream index ${index}`);
  const nextWord = words(seed, fnv1a32(name), index);
  const uniform = (): number => {
    const a = nextWord();
    const b = nextWord();
    return Math.min(((a >>> 5) * 67108864 + (b >>> 6) + 0.5) * 2 ** -53, LARGEST_BELOW_ONE);
  };
  return {
    uint32: nextWord,
    uniform,
    normal: boxMuller(uniform),
    poisson: (mean) => drawPoisson(uniform, mean),
  };
}

function words(seed: number, nameHash: number, index: number): () => number {
  const key1 = Math.floor(seed / TWO_32);
  const index1 = Math.floor(index / TWO_32);
  const block = new Uint32Array(4);
  let blocks = 0;
  let used = 4;
  return () => {
    if (used === 4) {
      philox4x32(block, blocks++, index, index1, nameHash, seed, key1);
      used = 0;
    }
    return block[used++];
  };
}

function boxMuller(uniform: () => number): () => number {
  let spare = 0;
  let hasSpare = false;
  return () => {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    hasSpare = true;
    return radius * Math.cos(angle);
  };
}
