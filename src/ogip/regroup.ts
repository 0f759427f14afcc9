import { InputError } from "../errors.ts";
import type { Spectrum } from "./types.ts";

/** What regrouping looks at. Flags go into GROUPING: 1 starts a group, -1 continues it; counts are never changed. */
export type Regroupable = Pick<Spectrum, "counts" | "quality">;

/**
 * GROUPING flags that put `size` channels into each group from the first channel on; the last group is short where
 * `size` does not divide `channels`.
 */
export function constantGrouping(size: number, channels: number): Int16Array {
  if (!Number.isInteger(size) || size < 1)
    throw new InputError(`groups of ${size} channels; expected a whole number of at least 1`);
  return Int16Array.from({ length: channels }, (_, i) => (i % size === 0 ? 1 : -1));
}

/**
 * GROUPING flags of groups with at least `least` counts: channels are added until the sum is reached. Channels left at
 * the end of a run of good quality join its last group. Channels of bad quality stay single.
 */
export function minimumGrouping(spectrum: Regroupable, least: number): Int16Array {
  if (!(least > 0 && least < Infinity))
    throw new InputError(`groups of at least ${least} counts; expected a positive number`);
  return groupRuns(spectrum, (from, to) => {
    const starts: number[] = [];
    let sum = Infinity;
    for (let row = from; row < to; row++) {
      if (sum >= least) {
        starts.push(row);
        sum = 0;
      }
      sum += spectrum.counts[row];
    }
    return sum < least && starts.length > 1 ? starts.slice(0, -1) : starts;
  });
}

/** Flags from the first rows of the groups of every run of good quality, rows from..to-1; bad rows stay single. */
export function groupRuns(
  { quality }: Regroupable,
  starts: (from: number, to: number) => readonly number[],
): Int16Array {
  const flags = Int16Array.from(quality, (q) => (q === 0 ? -1 : 1));
  for (let from = 0; from < quality.length; from++) {
    if (quality[from] !== 0) continue;
    let to = from;
    while (to < quality.length && quality[to] === 0) to++;
    for (const row of starts(from, to)) flags[row] = 1;
    from = to;
  }
  return flags;
}
