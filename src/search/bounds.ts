import type { SearchParameter } from "./types.ts";

/** x inside [lower, upper] of each parameter. */
export function clampInto(out: Float64Array, parameters: readonly SearchParameter[]): Float64Array {
  for (let i = 0; i < out.length; i++)
    out[i] = Math.min(parameters[i].upper, Math.max(parameters[i].lower, out[i]));
  return out;
}

/** Two offsets from x that stay inside [lower, upper]: -h and h where there is room, else both on the roomy side. */
export function offsets(x: number, h: number, { lower, upper }: SearchParameter): readonly [number, number] {
  const step = Number.isFinite(upper - lower) ? Math.min(h, (upper - lower) / 4) : h;
  if (x - step >= lower && x + step <= upper) return [step, -step];
  return x + 2 * step <= upper ? [step, 2 * step] : [-step, -2 * step];
}
