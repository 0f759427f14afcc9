import type { Engine } from "./engine.ts";

/**
 * Runs `rounds` rounds of the densest multiply-adds that this build can do and returns the floating-point operations done:
 * over the time they took, the arithmetic ceiling of one core, against which kernels are measured.
 */
export function runPeak({ kernels }: Engine, rounds: number): number {
  if (Number.isNaN(kernels.peak(rounds))) throw new Error("internal: the sums of the peak kernel diverge");
  return 104 * rounds;
}
