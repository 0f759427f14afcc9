/** Learning rate over the steps of a training. */
export type Schedule =
  | { readonly kind: "constant"; readonly rate: number }
  /** Linear warm-up over `warmup` steps, then rate (1 + cos)/2 down to zero at `steps`. */
  | { readonly kind: "cosine"; readonly rate: number; readonly warmup: number; readonly steps: number };

/** The learning rate of step t = 0, 1, ... */
export function learningRate(schedule: Schedule, t: number): number {
  if (schedule.kind === "constant") return schedule.rate;
  const { rate, warmup, steps } = schedule;
  if (t < warmup) return (rate * (t + 1)) / warmup;
  const part = Math.min(1, (t - warmup) / Math.max(1, steps - warmup));
  return 0.5 * rate * (1 + Math.cos(Math.PI * part));
}
