import { InputError } from "../errors.ts";
import type { TableHdu } from "../fits/index.ts";
import { findColumn, readNumbers } from "../fits/index.ts";
import type { MatrixGroups } from "./matrix.ts";

export interface FirstChannelInput {
  readonly table: TableHdu;
  readonly bounds: TableHdu;
  readonly groups: MatrixGroups;
  /** Rows of EBOUNDS. */
  readonly channels: number;
  /** Receives a line where the file does not say or says something impossible. */
  readonly warnings: string[];
}

/**
 * Number of the first channel as F_CHAN counts. CAL/GEN/92-002a: TLMIN of the F_CHAN column, default 1. Real files
 * omit it or put it elsewhere; then, in this order: TLMIN of EBOUNDS' CHANNEL, 0 where F_CHAN uses it, EBOUNDS' first
 * CHANNEL where that column counts up from 0 or 1, and 1. The first candidate that keeps every group inside the
 * channels is taken; InputError where none does.
 */
export function chooseFirstChannel({ table, bounds, groups, channels, warnings }: FirstChannelInput): number {
  const { lowest, highest } = extent(groups);
  const stated = findColumn(table, "F_CHAN")?.minimum;
  const candidates = [
    stated,
    findColumn(bounds, "CHANNEL")?.minimum,
    lowest === 0 ? 0 : undefined,
    countsFrom(bounds),
    1,
    0,
  ];
  const fits = (first: number | undefined) =>
    first !== undefined && Number.isInteger(first) && lowest >= first && highest < first + channels;
  const first = candidates.find(fits);
  if (first === undefined)
    throw new InputError(
      `groups cover channels ${lowest} to ${highest}, but ${bounds.name} has ${channels} channels; the file is damaged or inconsistent`,
      { file: table.file, hdu: table.name, key: "F_CHAN" },
    );
  if (stated !== undefined && first !== stated)
    warnings.push(
      `TLMIN of F_CHAN is ${stated}, which does not fit the groups; channels are counted from ${first}`,
    );
  return first;
}

function extent({ channel, length }: MatrixGroups) {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let g = 0; g < channel.length; g++) {
    lowest = Math.min(lowest, channel[g]);
    highest = Math.max(highest, channel[g] + length[g] - 1);
  }
  return { lowest, highest };
}

/** 0 or 1 where the CHANNEL column counts up from there without a gap; some files hold garbage there. */
function countsFrom(bounds: TableHdu): number | undefined {
  const column = findColumn(bounds, "CHANNEL");
  if (column === undefined || column.repeat !== 1 || column.type === "A" || column.descriptor !== undefined)
    return undefined;
  const numbers = readNumbers(bounds, column);
  if (numbers[0] !== 0 && numbers[0] !== 1) return undefined;
  for (let i = 1; i < numbers.length; i++) if (numbers[i] !== numbers[0] + i) return undefined;
  return numbers[0];
}
