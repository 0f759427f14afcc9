import { InputError } from "../errors.ts";
import { readFits, setShortColumns } from "../fits/index.ts";
import { pickTable } from "./hdus.ts";
import type { Spectrum } from "./types.ts";

/**
 * A PHA file (uncompressed) with other GROUPING flags, and QUALITY as it was read; counts, keywords, comments and other HDUs stay as they are.
 * InputError for a row of a type II file, whose flags are vectors.
 */
export async function regroupFile(
  bytes: Uint8Array,
  { file, hdu, quality }: Pick<Spectrum, "file" | "hdu" | "quality">,
  grouping: Int16Array,
  rule: string,
): Promise<Uint8Array> {
  const fits = await readFits(bytes, file);
  const table = pickTable(fits, "spectrum", { hdu });
  if (table.rows !== grouping.length)
    throw new InputError("holds several spectra in one table (type II), which cannot be grouped", {
      file,
      hdu,
    });
  const whole = new Uint8Array(table.data.buffer);
  return setShortColumns(
    whole,
    table,
    [
      { name: "QUALITY", values: quality },
      { name: "GROUPING", values: grouping },
    ],
    { history: [`xnpe group ${rule}`] },
  );
}
