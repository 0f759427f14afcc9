import type { Group } from "../ogip/index.ts";

/** Rows of a group that count: those of quality 1 are dead and left out of every sum. */
export function rowsOf(group: Group, quality: ArrayLike<number>): readonly number[] {
  const rows: number[] = [];
  for (let row = group.first; row <= group.last; row++) if (quality[row] !== 1) rows.push(row);
  return rows;
}

/** Bin (index in `groups`) of each of `channels` EBOUNDS rows, -1 where it belongs to none. `rows`: EBOUNDS row of a file's row. */
export function binOfChannel(
  groups: readonly Group[],
  { rows, quality, channels }: { rows: Int32Array; quality: ArrayLike<number>; channels: number },
): Int32Array {
  const bin = new Int32Array(channels).fill(-1);
  groups.forEach((group, c) => {
    for (const row of rowsOf(group, quality)) bin[rows[row]] = c;
  });
  return bin;
}
