/** A stream of random numbers. Made by `stream(seed, name, index)`; see random.ts. */
export interface Rng {
  /** Uniform integer in [0, 2^32). */
  uint32(): number;
  /** Uniform in (0, 1), 53 bits, never 0 or 1. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Poisson with the given mean >= 0; mean 0 gives 0. */
  poisson(mean: number): number;
}
