import { InputError } from "../../src/errors.ts";
import {
  type Column,
  readBits,
  readFits,
  readNumbers,
  readStrings,
  readVariable,
  type TableHdu,
  tables,
} from "../../src/fits/index.ts";
import {
  ancillaryOf,
  channelRows,
  describeFile,
  groupChannels,
  identify,
  redistributionOf,
  spectraOf,
} from "../../src/ogip/index.ts";

/** Does everything that the readers offer with one file. Throws what they throw. */
export async function exercise(bytes: Uint8Array, file: string): Promise<void> {
  const fits = await readFits(bytes, file);
  for (const table of tables(fits))
    for (const column of table.columns) lenient(() => readColumn(table, column));
  switch (identify(fits)) {
    case "spectrum":
      for (const spectrum of spectraOf(fits).slice(0, 3)) groupChannels(spectrum);
      break;
    case "response":
      redistributionOf(fits);
      break;
    case "ancillary":
      ancillaryOf(fits);
  }
  await describeFile(bytes, file);
}

/** Reads a spectrum and maps it to a response that it may no longer match. */
export async function exercisePair(pha: Uint8Array, rmf: Uint8Array): Promise<void> {
  const response = redistributionOf(await readFits(rmf, "r"));
  for (const spectrum of spectraOf(await readFits(pha, "s"))) channelRows(spectrum, response);
}

/** A column that is refused must not hide the others. */
function lenient(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
}

function readColumn(table: TableHdu, column: Column): void {
  if (column.descriptor !== undefined) readVariable(table, column);
  else if (column.type === "A") readStrings(table, column);
  else if (column.type === "X") readBits(table, column);
  else readNumbers(table, column);
}
