import type { Difference, Moments } from "./moments.ts";
import type { Row, Value } from "./types.ts";

interface RowParts {
  readonly published?: Value;
  readonly unit?: string;
}

/** A number for comparison alone. */
export function info(quantity: string, obtained: Value, { published, unit = "" }: RowParts = {}): Row {
  return { quantity, obtained, unit, verdict: "info", ...(published !== undefined && { published }) };
}

/** A number with what is asked of it. */
export function check(
  quantity: string,
  obtained: Value,
  rule: string,
  passed: boolean,
  { published, unit = "" }: RowParts = {},
): Row {
  const verdict = passed ? "pass" : "fail";
  return { quantity, obtained, unit, verdict, rule, ...(published !== undefined && { published }) };
}

/** Largest shift of a mean in exact standard deviations, and largest relative error of a width. */
export interface Limits {
  readonly shift: number;
  readonly width: number;
}

export const REFINED: Limits = { shift: 0.1, width: 0.1 };
export const UNREFINED: Limits = { shift: 0.3, width: 0.25 };

/** One row a parameter: shift and width ratio against the exact posterior. */
export function againstExact(what: string, found: readonly Difference[], limits: Limits): Row[] {
  const rule = `within ${limits.shift} sigma and ${100 * limits.width} % of the width`;
  return found.map(({ name, shift, ratio }) => {
    const passed = Math.abs(shift) <= limits.shift && Math.abs(ratio - 1) <= limits.width;
    const text = `${signed(shift, 3)} sigma, width x ${ratio.toFixed(3)}`;
    return check(`${name}, ${what} against exact`, text, rule, passed);
  });
}

/** Slopes within twice the published error of 1, or nearer to 1 than the published ones. */
export function slopeRow(
  name: string,
  published: { readonly value: number; readonly error: number },
  obtained: { readonly value: number; readonly error: number },
): Row {
  const allowed = Math.max(2 * published.error, Math.abs(published.value - 1));
  const rule = `within ${allowed.toFixed(4)} of 1 (2 published errors, or as near as published)`;
  return check(`slope of ${name}`, obtained, rule, Math.abs(obtained.value - 1) <= allowed, { published });
}

/** A published median with its error beside ours, with the shift in published errors. */
export function medianRow(
  published: { readonly value: number; readonly error: number },
  found: Moments,
): Row {
  const { name, median, low, high } = found;
  const shift = (median - published.value) / published.error;
  const obtained = { value: median, error: (high - low) / 2 };
  return info(`${name} (shift ${signed(shift, 2)} published sigma)`, obtained, { published });
}

export function signed(x: number, digits: number): string {
  return `${x < 0 ? "-" : "+"}${Math.abs(x).toFixed(digits)}`;
}
