import { InputError } from "../errors.ts";
import type { Fits, TableHdu } from "../fits/index.ts";
import { findColumn, headerText, tables } from "../fits/index.ts";

/** What an OGIP table is. Names and keywords are unreliable, so columns decide. */
export type TableKind = "spectrum" | "matrix" | "ebounds" | "ancillary" | "other";

/** Kind of one table. References: OGIP/92-007, CAL/GEN/92-002. */
export function tableKind(table: TableHdu): TableKind {
  const has = (...names: string[]) => names.every((name) => findColumn(table, name) !== undefined);
  if (has("ENERG_LO", "ENERG_HI", "N_GRP", "F_CHAN", "N_CHAN", "MATRIX")) return "matrix";
  if (has("ENERG_LO", "ENERG_HI", "SPECRESP")) return "ancillary";
  if (has("E_MIN", "E_MAX")) return "ebounds";
  const named = [headerText(table.header, "HDUCLAS1"), table.name].some(
    (t) => t?.toUpperCase() === "SPECTRUM",
  );
  return (has("COUNTS") || has("RATE")) && (named || has("CHANNEL")) ? "spectrum" : "other";
}

/** Tables of that kind, in file order. */
export function tablesOfKind(fits: Fits, kind: TableKind): TableHdu[] {
  return tables(fits).filter((table) => tableKind(table) === kind);
}

/** What a file is for: its first table that says so. */
export function identify(fits: Fits): "spectrum" | "response" | "ancillary" | "other" {
  const kinds = tables(fits).map(tableKind);
  if (kinds.includes("spectrum")) return "spectrum";
  if (kinds.includes("matrix")) return "response";
  return kinds.includes("ancillary") ? "ancillary" : "other";
}

/**
 * The table of that kind: the one asked for by name or number, else the first that `prefer` accepts, else the first.
 * InputError that says what the file holds instead.
 */
export function pickTable(
  fits: Fits,
  kind: TableKind,
  { hdu, prefer }: { hdu?: string | number; prefer?: (table: TableHdu) => boolean } = {},
): TableHdu {
  const found = tablesOfKind(fits, kind);
  if (hdu !== undefined) {
    const match = found.find((t) => t.index === hdu || t.name.toUpperCase() === String(hdu).toUpperCase());
    if (match === undefined)
      throw new InputError(`expected ${EXPECTED[kind]}; found ${contents(fits)}`, {
        file: fits.file,
        hdu: String(hdu),
      });
    return match;
  }
  const match = (prefer === undefined ? undefined : found.find(prefer)) ?? found[0];
  if (match === undefined)
    throw new InputError(`expected ${EXPECTED[kind]}; found ${contents(fits)}`, { file: fits.file });
  return match;
}

const EXPECTED: Readonly<Record<TableKind, string>> = {
  spectrum: "a spectrum (a table with CHANNEL and COUNTS or RATE)",
  matrix: "a redistribution matrix (a table with ENERG_LO, ENERG_HI, N_GRP, F_CHAN, N_CHAN, MATRIX)",
  ebounds: "channel energies (a table with E_MIN, E_MAX)",
  ancillary: "an ancillary response (a table with ENERG_LO, ENERG_HI, SPECRESP)",
  other: "a table",
};

function contents(fits: Fits): string {
  const found = tables(fits);
  if (found.length === 0) return "no table at all";
  const names = found.slice(0, 6).map((t) => `${t.name} (${tableKind(t)})`);
  return `${names.join(", ")}${found.length > 6 ? ", ..." : ""}`;
}
