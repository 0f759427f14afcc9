import type { FitParameter } from "./fit-problem.ts";

type Limits = Pick<FitParameter, "lower" | "upper">;

/** x + step; where that crosses a hard limit, x + step / 2^n with the smallest n >= 1 that stays inside. */
export function insideLimits(x: number, step: number, { lower, upper }: Limits): number {
  let part = step;
  for (let n = 0; n < 1100; n++) {
    const moved = x + part;
    if (moved >= lower && moved <= upper) return moved;
    part /= 2;
  }
  return x;
}

/** Whether x has come to a hard limit: within 1e-6 of its size. A limit of 0 is reached by 0 alone. */
export function onLimit(x: number, { lower, upper }: Limits): boolean {
  return x - lower <= 1e-6 * Math.abs(finite(lower)) || upper - x <= 1e-6 * Math.abs(finite(upper));
}

const finite = (limit: number) => (Number.isFinite(limit) ? limit : 0);
