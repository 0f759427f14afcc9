import { InputError } from "../errors.ts";
import type { Fits, TableHdu } from "../fits/index.ts";
import { headerText, readFits } from "../fits/index.ts";
import { chooseFirstChannel } from "./first-channel.ts";
import { readEdges, requiredNumbers } from "./grid.ts";
import { pickTable } from "./hdus.ts";
import { readGroups } from "./matrix.ts";
import type { Redistribution } from "./types.ts";

/** Reads an RMF or RSP. Reference: CAL/GEN/92-002, 92-002a. */
export async function readRedistribution(
  bytes: Uint8Array,
  file: string,
  { hdu }: { hdu?: string | number } = {},
): Promise<Redistribution> {
  return redistributionOf(await readFits(bytes, file), hdu);
}

/**
 * The redistribution matrix in a parsed file. Order of the HDUs, names, NUMGRP, NUMELT and the numbers in EBOUNDS'
 * CHANNEL column are not relied on. InputError where groups leave the channels or the stored values.
 */
export function redistributionOf(fits: Fits, hdu?: string | number): Redistribution {
  const table = pickTable(fits, "matrix", hdu === undefined ? {} : { hdu });
  const bounds = pickTable(fits, "ebounds");
  const warnings: string[] = [];
  const { edges, rows } = readEdges(table, warnings);
  const channels = readChannelEnergies(bounds);
  const groups = readGroups(table, rows);
  const first = chooseFirstChannel({ table, bounds, groups, channels: channels.channelLow.length, warnings });
  return {
    file: fits.file,
    hdu: table.name,
    edges,
    ...channels,
    firstChannel: first,
    groupStart: groups.start,
    groupChannel: groups.channel.map((channel) => channel - first),
    groupLength: groups.length,
    groupOffset: groups.offset,
    values: groups.values,
    telescope: headerText(table.header, "TELESCOP") ?? "",
    instrument: headerText(table.header, "INSTRUME") ?? "",
    warnings: warnings.map((w) => `${fits.file}: ${w}`),
  };
}

function readChannelEnergies(table: TableHdu) {
  const channelLow = Float64Array.from(requiredNumbers(table, "E_MIN"));
  const channelHigh = Float64Array.from(requiredNumbers(table, "E_MAX"));
  const where = { file: table.file, hdu: table.name, key: "E_MIN" };
  if (channelLow.length === 0) throw new InputError("the table has no channels", where);
  for (let c = 0; c < channelLow.length; c++)
    if (!Number.isFinite(channelLow[c]) || !Number.isFinite(channelHigh[c]))
      throw new InputError(`the energies of row ${c + 1} are not numbers`, where);
  return { channelLow, channelHigh };
}
