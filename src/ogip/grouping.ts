import type { Group, Spectrum } from "./types.ts";

/**
 * Groups of a spectrum by XSPEC's rules, numbered from 1.
 *
 * Quality 1 is dropped and not numbered; a group steps over such rows. Otherwise a row starts a group unless
 * its GROUPING is -1 and its quality is that of the row before. A group that begins on dropped rows begins at
 * its first kept row. The first kept row always starts a group.
 */
export function groupChannels({ quality, grouping }: Pick<Spectrum, "quality" | "grouping">): Group[] {
  const groups: Group[] = [];
  let open: { first: number; last: number; quality: number } | undefined;
  let startPending = true;
  const close = () => {
    if (open !== undefined) groups.push({ ...open, number: groups.length + 1 });
  };
  for (let row = 0; row < quality.length; row++) {
    if (grouping[row] !== -1) startPending = true;
    if (quality[row] === 1) continue;
    if (open === undefined || startPending || quality[row] !== open.quality) {
      close();
      open = { first: row, last: row, quality: quality[row] };
    } else open.last = row;
    startPending = false;
  }
  close();
  return groups;
}

/**
 * out[g] = sum of `values` (one a row of the spectrum) over the rows of group g that are not of quality 1.
 */
export function sumGroups(
  values: ArrayLike<number>,
  groups: readonly Group[],
  quality: Int16Array,
): Float64Array {
  return Float64Array.from(groups, ({ first, last }) => {
    let sum = 0;
    for (let row = first; row <= last; row++) if (quality[row] !== 1) sum += values[row];
    return sum;
  });
}
