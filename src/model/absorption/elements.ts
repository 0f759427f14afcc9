import { InputError } from "../../errors.ts";
import { suggestion } from "../../math/nearest.ts";
import { abundances } from "../data/abundances.ts";

/** The 18 elements that XSPEC absorbs with, by atomic number: H He C N O Ne Na Mg Al Si S Cl Ar Ca Cr Fe Co Ni. */
export const absorbers: readonly number[] = [
  1, 2, 6, 7, 8, 10, 11, 12, 13, 14, 16, 17, 18, 20, 24, 26, 27, 28,
];

/** Names of the abundance tables. */
export const abundanceTables: readonly string[] = Object.keys(abundances);

/** Older names of two tables. */
const aliases: Readonly<Record<string, string>> = { lgpp: "lpgp", lgps: "lpgs" };

/**
 * Number abundances relative to H of the 18 absorbing elements, in the order of `absorbers`. Case does not matter.
 *
 * Throws InputError for an unknown table.
 */
export function absorberAbundances(table: string): readonly number[] {
  const lower = table.toLowerCase();
  const name = aliases[lower] ?? lower;
  if (!abundanceTables.includes(name)) {
    const message = `unknown abundance table "${table}"; the tables are ${abundanceTables.join(", ")}`;
    throw new InputError(message + suggestion(name, abundanceTables), { key: "abund" });
  }
  return absorbers.map((z) => abundances[name].values[z - 1]);
}
