import { ARENA_START } from "./memory.ts";

/** The threads that compute one thing together on one shared memory; every one of them runs the same program. */
export interface Team {
  readonly rank: number;
  readonly ranks: number;
  /** Returns when every thread of the team has called it. Free for a team of one. */
  barrier(): void;
  /** This thread's part [first, last) of n equal pieces of work. */
  range(n: number): readonly [first: number, last: number];
}

/** Place of a team's control words: below the arenas, above the kernels' constants. Zero in a new memory. */
export const TEAM_PLACE = ARENA_START - 64;

// Atomic reads before a thread goes to sleep: some tens of microseconds, a few times what unequal parts of a step cost.
const SPINS = 20_000;

/**
 * A team on the control words at `place` of a shared memory. The barrier counts arrivals; the last one starts the next
 * generation and wakes the others, which spin for a while before they sleep. In browsers the page itself must not wait:
 * there every member is a worker.
 */
export function createTeam(memory: WebAssembly.Memory, place: number, rank: number, ranks: number): Team {
  const range = (n: number) => [cut(n, rank, ranks), cut(n, rank + 1, ranks)] as const;
  if (ranks === 1) return { rank, ranks, barrier: () => undefined, range };
  const control = new Int32Array(memory.buffer, place, 2);
  if (!(memory.buffer instanceof SharedArrayBuffer)) {
    throw new Error("internal: several threads need a shared memory");
  }
  const barrier = (): void => {
    const generation = Atomics.load(control, 1);
    if (Atomics.add(control, 0, 1) === ranks - 1) {
      Atomics.store(control, 0, 0);
      Atomics.add(control, 1, 1);
      Atomics.notify(control, 1);
      return;
    }
    for (let i = 0; i < SPINS; i++) if (Atomics.load(control, 1) !== generation) return;
    while (Atomics.load(control, 1) === generation) Atomics.wait(control, 1, generation, 1000);
  };
  return { rank, ranks, barrier, range };
}

/** The beginning of part i when n things are cut into `parts`. */
export const cut = (n: number, i: number, parts: number): number => Math.floor((n * i) / parts);
