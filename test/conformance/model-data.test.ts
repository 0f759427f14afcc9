import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { abundances, elements } from "../../src/model/data/abundances.ts";
import { balucinskaAtoms } from "../../src/model/data/balucinska.ts";
import { fineFe, fineNe, fineO } from "../../src/model/data/fine-structure.ts";
import { vernerAtoms } from "../../src/model/data/verner.ts";

const folder = new URL("../../../shared/data/coefficients/", import.meta.url);
const present = existsSync(folder);
if (!present) console.warn("skipped: source tables of coefficients (../shared/data/coefficients is absent)");

function source<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, folder), "utf8"));
}

describe.skipIf(!present)("the tables in src/model/data are the published ones", () => {
  it("of abundances, two under the names that XSPEC gives them today", () => {
    const tables = source<Readonly<Record<string, unknown>>>("abundances.json");
    const older: Readonly<Record<string, string>> = { lpgp: "lgpp", lpgs: "lgps" };
    expect(elements).toEqual(tables.elements);
    expect(Object.keys(abundances)).toHaveLength(9);
    for (const [name, { values }] of Object.entries(abundances)) {
      expect(values).toEqual(tables[older[name] ?? name]);
    }
  });

  it("of Verner's fits", () => {
    type Atom = { ninn: number; nout: number; ph1: number[][]; ph2: number[] };
    const { neutral } = source<{ neutral: Record<string, Atom> }>("verner_neutral.json");
    expect(Object.keys(vernerAtoms)).toHaveLength(18);
    for (const [z, { inner, outer, shells, valence }] of Object.entries(vernerAtoms)) {
      const { ninn, nout, ph1, ph2 } = neutral[z];
      expect({ inner, outer, shells, valence }).toEqual({
        inner: ninn,
        outer: nout,
        shells: ph1.slice(0, nout),
        valence: ph2,
      });
    }
  });

  it("of fine structure", () => {
    type Table = { energ: number[]; sig: number[] };
    const tables = source<Record<"O" | "Ne" | "Fe", Table>>("tbabs_fine_OKNeKFeL.json");
    for (const [symbol, table] of [["O", fineO] as const, ["Ne", fineNe] as const, ["Fe", fineFe] as const]) {
      expect(table).toEqual({ energies: tables[symbol].energ, megabarn: tables[symbol].sig });
    }
  });

  it("of Balucinska-Church & McCammon's polynomials", () => {
    type Atom = { Z: number; f: number; edges_eV: number[]; coef: number[][] };
    const { elements: atoms } = source<{ elements: Record<string, Atom> }>("bcmc_coefficients.json");
    for (const { Z, f, edges_eV, coef } of Object.values(atoms)) {
      if (Z === 2) continue;
      expect(balucinskaAtoms[Z]).toEqual({ mass: f, edges: edges_eV, coefficients: coef });
    }
  });
});
