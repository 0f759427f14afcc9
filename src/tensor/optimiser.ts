import type { Engine } from "./engine.ts";
import { floats } from "./memory.ts";
import type { ParameterStore } from "./parameters.ts";
import type { Team } from "./team.ts";

/** Adam after Kingma & Ba 2015 (Algorithm 1), with the gradient clipped to a total norm. */
export interface AdamOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Gradients longer than this are shortened to it. */
  readonly clip?: number;
}

export interface Adam {
  /** Step number t = 1, 2, ... at learning rate `rate`, this thread's part of the parameters. */
  update(t: number, rate: number): void;
}

/**
 * The optimiser of a store whose `squares` are up to date. The norm is summed over the blocks in their order, and the
 * update is element by element, so the number of threads does not change a bit.
 */
export function adam(
  { kernels, memory }: Engine,
  store: ParameterStore,
  team: Team,
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, clip = 5 }: AdamOptions = {},
): Adam {
  const [first, last] = team.range(store.length / 16).map((piece) => piece * 16);
  const at = (vector: number): number => vector + 4 * first;
  return {
    update(t, rate) {
      const scale = Math.min(1, clip / (gradientNorm(floats(memory, store.squares, store.blocks)) + 1e-6));
      kernels.adam(
        at(store.values),
        at(store.gradients),
        at(store.firstMoments),
        at(store.secondMoments),
        last - first,
        scale,
        rate / (1 - beta1 ** t),
        beta1,
        beta2,
        epsilon,
        1 / (1 - beta2 ** t),
      );
    },
  };
}

/** Square root of the blocks' sums of squares, added in order. */
export function gradientNorm(squares: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < squares.length; i++) sum += squares[i];
  return Math.sqrt(sum);
}
