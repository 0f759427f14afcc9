import { InputError } from "../errors.ts";

/**
 * GROUPING flags that put `size` channels into each group from the first channel on; the last group is short where
 * `size` does not divide `channels`. 1 starts a group, -1 continues it.
 */
export function constantGrouping(size: number, channels: number): Int16Array {
  if (!Number.isInteger(size) || size < 1)
    throw new InputError(`groups of ${size} channels; expected a whole number of at least 1`);
  return Int16Array.from({ length: channels }, (_, i) => (i % size === 0 ? 1 : -1));
}
