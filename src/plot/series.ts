import { InputError } from "../errors.ts";
import type { Numbers } from "./scene.ts";

/**
 * Throws an InputError that names figure, series and place unless every number is finite and there are `length` of them.
 */
export function requireSeries(figure: string, name: string, values: Numbers, length: number): void {
  if (values.length !== length) {
    throw new InputError(`${figure} figure: ${length} values of "${name}" expected, ${values.length} found`);
  }
  for (let i = 0; i < length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new InputError(
        `${figure} figure: "${name}" has ${values[i]} at index ${i}; every value must be finite`,
      );
    }
  }
}

/** Smallest and largest of several series. */
export function extent(...series: Numbers[]): [number, number] {
  let lo = Number.POSITIVE_INFINITY;
  let hi = Number.NEGATIVE_INFINITY;
  for (const values of series) {
    for (let i = 0; i < values.length; i++) {
      if (values[i] < lo) lo = values[i];
      if (values[i] > hi) hi = values[i];
    }
  }
  return [lo, hi];
}

/** Smallest and largest of the values above zero, which is what a logarithmic axis can show; never empty. */
export function positiveExtent(...series: Numbers[]): [number, number] {
  const [lo, hi] = extent(...series.map((values) => Array.from(values).filter((value) => value > 0)));
  return lo < hi ? [lo, hi] : [0.1, 10];
}

/** A domain a little wider than the data; never empty. */
export function padded([lo, hi]: readonly [number, number], share = 0.05): [number, number] {
  const room = hi > lo ? (hi - lo) * share : Math.abs(lo) * 0.1 || 1;
  return [lo - room, hi + room];
}
