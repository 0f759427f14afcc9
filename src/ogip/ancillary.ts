import { InputError } from "../errors.ts";
import type { Fits } from "../fits/index.ts";
import { readFits } from "../fits/index.ts";
import { readEdges, requiredNumbers } from "./grid.ts";
import { pickTable } from "./hdus.ts";
import type { AncillaryResponse } from "./types.ts";

/** Reads an ARF. Extra columns are ignored. Reference: CAL/GEN/92-002, SPECRESP. */
export async function readAncillary(
  bytes: Uint8Array,
  file: string,
  { hdu }: { hdu?: string | number } = {},
): Promise<AncillaryResponse> {
  return ancillaryOf(await readFits(bytes, file), hdu);
}

/** The ARF in a parsed file. InputError for areas that are negative or not finite. */
export function ancillaryOf(fits: Fits, hdu?: string | number): AncillaryResponse {
  const table = pickTable(fits, "ancillary", hdu === undefined ? {} : { hdu });
  const warnings: string[] = [];
  const { edges, rows } = readEdges(table, warnings);
  const column = requiredNumbers(table, "SPECRESP");
  const area = Float64Array.from(rows, (row) => column[row]);
  const bad = area.findIndex((a) => !(a >= 0 && a < Infinity));
  if (bad >= 0)
    throw new InputError(`the area at ${edges[bad]} keV is ${area[bad]} cm2, expected a number >= 0`, {
      file: fits.file,
      hdu: table.name,
      key: "SPECRESP",
    });
  if (!area.some((a) => a > 0)) warnings.push("the effective area is zero everywhere");
  return { file: fits.file, edges, area, warnings: warnings.map((w) => `${fits.file}: ${w}`) };
}
