import { InputError } from "../errors.ts";
import type { Group, Redistribution, Spectrum } from "../ogip/types.ts";

/**
 * EBOUNDS row (0-based) of every row of the spectrum, by CHANNEL value minus the first channel of the response; by
 * position, with a warning, where the values do not fit but the numbers of rows agree. -1: outside of the response.
 */
export function responseRows(
  spectrum: Spectrum,
  redistribution: Redistribution,
): { readonly rows: Int32Array; readonly warnings: readonly string[] } {
  const count = redistribution.channelLow.length;
  const rows = spectrum.channels.map((channel) => {
    const row = channel - redistribution.firstChannel;
    return row >= 0 && row < count ? row : -1;
  });
  if (rows.length !== count || !rows.includes(-1)) return { rows, warnings: [] };
  const first = spectrum.channels[0];
  return {
    rows: rows.map((_, row) => row),
    warnings: [
      `${spectrum.file}: channels start at ${first}, those of ${redistribution.file} at ${redistribution.firstChannel}; both have ${count} rows, matched in order`,
    ],
  };
}

/** Rows of a group that count: those of quality 1 are dead and left out of every sum. */
export function rowsOf(group: Group, quality: ArrayLike<number>): readonly number[] {
  const rows: number[] = [];
  for (let row = group.first; row <= group.last; row++) if (quality[row] !== 1) rows.push(row);
  return rows;
}

/** Bin (index in `groups`) of every EBOUNDS row, -1 where it belongs to none. */
export function binOfChannel(
  groups: readonly Group[],
  spectrum: Spectrum,
  redistribution: Redistribution,
  rows: Int32Array,
): Int32Array {
  const bin = new Int32Array(redistribution.channelLow.length).fill(-1);
  groups.forEach((group, c) => {
    for (const row of rowsOf(group, spectrum.quality)) {
      if (rows[row] === -1 || rows[row] === undefined) {
        throw new InputError(
          `channel ${spectrum.channels[row]} is not among the ${bin.length} channels of ${redistribution.file} (from ${redistribution.firstChannel}); is this the matching response?`,
          { file: spectrum.file, hdu: spectrum.hdu },
        );
      }
      bin[rows[row]] = c;
    }
  });
  return bin;
}
