import { chainEss } from "../diagnose/chain-ess.ts";
import { rhat } from "../diagnose/rhat.ts";
import { joined } from "./simulate.ts";

/** The walkers of one ensemble, step by step. */
export interface EnsembleChain {
  /** Places (steps, W, D) in x, in pieces. */
  readonly x: Float64Array[];
  /** Densities there (steps, W), in the same pieces. */
  readonly logDensity: Float64Array[];
}

/** Steps from .. to-1 of an ensemble's walkers, (steps, W, D) and (steps, W). */
export function stepsOf(
  { x, logDensity }: EnsembleChain,
  [from, to]: readonly [number, number],
  walkers: number,
  D: number,
): { readonly x: Float64Array; readonly logDensity: Float64Array } {
  return {
    x: joined(x).subarray(from * walkers * D, to * walkers * D),
    logDensity: joined(logDensity).subarray(from * walkers, to * walkers),
  };
}

/** How far chains agree. */
export interface Agreement {
  /** Largest R-hat and least effective number of draws over the parameters. */
  readonly rhat: number;
  readonly ess: number;
}

/**
 * Agreement of ensembles, each the steps (n, W, D) of its walkers. R-hat compares the ensembles, each as one long chain, since the
 * walkers of one depend on each other; of a single ensemble, its walkers. Effective draws come from the walkers' chains.
 */
export function agreement(ensembles: readonly Float64Array[], walkers: number, D: number): Agreement {
  let [largest, least] = [0, Infinity];
  for (let d = 0; d < D; d++) {
    const single = ensembles.flatMap((x) =>
      Array.from({ length: walkers }, (_, w) => every(x, walkers * D, w * D + d)),
    );
    const whole = ensembles.length > 1 ? ensembles.map((x) => every(x, D, d)) : single;
    largest = Math.max(largest, finite(rhat(whole), Infinity));
    least = Math.min(least, finite(chainEss(single), 0));
  }
  return { rhat: largest, ess: least };
}

const finite = (value: number, otherwise: number) => (Number.isFinite(value) ? value : otherwise);

/** Items first, first + stride, ... */
function every(values: Float64Array, stride: number, first: number): Float64Array {
  return Float64Array.from(
    { length: Math.floor(values.length / stride) },
    (_, i) => values[first + i * stride],
  );
}
