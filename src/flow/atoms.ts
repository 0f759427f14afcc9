import { stream } from "../math/random.ts";
import type { Rng } from "../math/rng.ts";
import { floats, type Team, words } from "../tensor/index.ts";
import { atomicLoss } from "./atomic-loss.ts";
import type { AtomicOptions } from "./training-options.ts";
import type { TrainingSpace } from "./training-space.ts";

/** Groups of atoms in a slice of the tape. */
export interface AtomGroups {
  /** One thread writes the pairs (theta_j, x_i) of n rows, `rows` being the batch's and row i of the slice number `from + i` of them. */
  place(rows: Uint32Array, from: number, n: number, rng: Rng): void;
  /** After the energies are there: the loss summed over n groups, and this thread's part of the rows' weights in the gradient. */
  weigh(n: number, scale: number): number;
}

export function atomGroups(
  space: TrainingSpace,
  team: Team,
  { offsets, plain }: AtomicOptions,
  M: number,
): AtomGroups {
  const { tape, source, atoms } = space;
  const { memory } = tape.engine;
  const size = 8 * tape.tiles;
  const [first, last] = team.range(tape.tiles);
  return {
    place(rows, from, n, rng) {
      const thetas = words(memory, atoms.index, size).fill(rows[from]);
      const contexts = words(memory, source.index, size).fill(rows[from]);
      for (let g = 0; g < n; g++) {
        const own = from + g;
        contexts.fill(rows[own], g * M, (g + 1) * M);
        thetas[g * M] = rows[own];
        for (const [j, other] of others(rows.length, own, M - 1, rng).entries())
          thetas[g * M + 1 + j] = rows[other];
      }
    },
    weigh(n, scale) {
      const thetas = words(memory, atoms.index, n * M);
      const gradient = new Float64Array(n * M);
      const own = plain && Float64Array.from({ length: n }, (_, g) => plain[thetas[g * M]]);
      const offset = Float64Array.from(thetas, (row) => offsets[row]);
      const energies = floats(memory, space.energies, n * M);
      const loss = atomicLoss(gradient, energies, offset, M, own);
      const weights = floats(memory, space.seed, size);
      for (let i = 8 * first; i < 8 * last; i++) weights[i] = i < n * M ? gradient[i] * scale : 0;
      return loss;
    },
  };
}

/** k different numbers below n, none of them `own`: Floyd's algorithm on the n - 1 others. */
function others(n: number, own: number, k: number, rng: Rng): Set<number> {
  const chosen = new Set<number>();
  for (let top = n - 1 - k; top < n - 1; top++) {
    const pick = Math.floor(rng.uniform() * (top + 1));
    const free = (v: number) => (v >= own ? v + 1 : v);
    chosen.add(chosen.has(free(pick)) ? free(top) : free(pick));
  }
  return chosen;
}

/** Random numbers that choose the atoms of step t, or of the validation. */
export const atomStream = (seed: number, t: number | "validation"): Rng =>
  t === "validation" ? stream(seed, "flow.atoms.validation") : stream(seed, "flow.atoms", t);
