// Turns tables of published coefficients (JSON) into src/model/data/*.ts, the project's own form.
//
//   node scripts/convert-coefficients.mjs FOLDER && npx biome check --write src/model/data
//
// FOLDER holds abundances.json, verner_neutral.json, tbabs_fine_OKNeKFeL.json and bcmc_coefficients.json. The output is
// committed; run this again only when a table changes.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
if (folder === undefined) {
  console.error("usage: node scripts/convert-coefficients.mjs FOLDER");
  process.exit(2);
}
const date = "2026-11-23";
const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const write = (name, lines) => writeFileSync(join("src/model/data", name), `${lines.join("\n")}\n`);
const list = (numbers) => `[${numbers.join(", ")}]`;

const elementNumber = {
  H: 1,
  He: 2,
  C: 6,
  N: 7,
  O: 8,
  Ne: 10,
  Na: 11,
  Mg: 12,
  Al: 13,
  Si: 14,
  S: 16,
  Cl: 17,
};
Object.assign(elementNumber, { Ar: 18, Ca: 20, Cr: 24, Fe: 26, Co: 27, Ni: 28 });

/** Source of each abundance table, under the name that XSPEC gives it today. */
const abundanceSources = {
  angr: ["angr", "Anders & Grevesse 1989, GCA 53, 197"],
  aspl: ["aspl", "Asplund, Grevesse, Sauval & Scott 2009, ARA&A 47, 481"],
  feld: ["feld", "Feldman 1992, Phys. Scr. 46, 202"],
  aneb: ["aneb", "Anders & Ebihara 1982, GCA 46, 2363"],
  grsa: ["grsa", "Grevesse & Sauval 1998, SSRv 85, 161"],
  wilm: ["wilm", "Wilms, Allen & McCray 2000, ApJ 542, 914"],
  lodd: ["lodd", "Lodders 2003, ApJ 591, 1220"],
  lpgp: ["lgpp", "Lodders, Palme & Gail 2009, photospheric"],
  lpgs: ["lgps", "Lodders, Palme & Gail 2009, proto-solar"],
};

function abundances() {
  const tables = read("abundances.json");
  const lines = [
    `// Number abundances relative to hydrogen, as XSPEC's \`abund\` uses them. Made by scripts/convert-coefficients.mjs, ${date}.`,
    "",
    "/** Symbols of the 30 elements, in order of atomic number. */",
    `export const elements = ${JSON.stringify(tables.elements)} as const;`,
    "",
    "/** Abundances (30) by XSPEC's name of the table. */",
    "export const abundances: Readonly<Record<string, { readonly source: string; readonly values: readonly number[] }>> = {",
  ];
  for (const [name, [key, source]] of Object.entries(abundanceSources)) {
    lines.push(`  ${name}: { source: "${source}", values: ${list(tables[key])} },`);
  }
  write("abundances.ts", [...lines, "};"]);
}

function verner() {
  const { neutral } = read("verner_neutral.json");
  const used = Object.values(elementNumber);
  const lines = [
    "// Photoionisation fits of neutral atoms: Verner & Yakovlev 1995, A&AS 109, 125 (inner, and shells far above threshold)",
    "// and Verner, Ferland, Korista & Yakovlev 1996, ApJ 465, 487 (outer). The elements that XSPEC absorbs with.",
    `// Made by scripts/convert-coefficients.mjs, ${date}.`,
    "",
    "export interface VernerAtom {",
    "  /** Shells are counted from 1: 1s 2s 2p 3s 3p 3d 4s. Last filled one, and last inner one. */",
    "  readonly outer: number;",
    "  readonly inner: number;",
    "  /** 1995 fit by shell: threshold eV, E0 eV, sigma0 Mb, ya, P, yw. */",
    "  readonly shells: readonly (readonly number[])[];",
    "  /** 1996 fit: E0 eV, sigma0 Mb, ya, P, yw, y0, y1. */",
    "  readonly valence: readonly number[];",
    "}",
    "",
    "/** By atomic number. */",
    "export const vernerAtoms: Readonly<Record<number, VernerAtom>> = {",
  ];
  for (const z of used) {
    const { ninn, nout, ph1, ph2 } = neutral[z];
    const shells = ph1.slice(0, nout).map(list).join(", ");
    lines.push(`  ${z}: { outer: ${nout}, inner: ${ninn}, shells: [${shells}], valence: ${list(ph2)} },`);
  }
  write("verner.ts", [...lines, "};"]);
}

const fineSources = {
  O: "O K: Gorczyca & McLaughlin 2000, J. Phys. B 33, L859",
  Ne: "Ne K: Gorczyca 2000, Phys. Rev. A 61, 024702",
  Fe: "Fe L: Kortright & Kim 2000, Phys. Rev. B 62, 12216",
};

function fineStructure() {
  const tables = read("tbabs_fine_OKNeKFeL.json");
  const lines = [
    "// Fine structure at three edges as TBabs 2.3 has it (see also Juett+ 2004, ApJ 612, 308; 2006, ApJ 648, 1066).",
    `// Made by scripts/convert-coefficients.mjs, ${date}.`,
    "",
    "/** Photoionisation cross-section in Mb at energies in eV, for linear interpolation. */",
    "export interface FineStructure {",
    "  readonly energies: readonly number[];",
    "  readonly megabarn: readonly number[];",
    "}",
  ];
  for (const [symbol, source] of Object.entries(fineSources)) {
    const { energ, sig } = tables[symbol];
    lines.push("", `/** ${source}. */`, `export const fine${symbol}: FineStructure = {`);
    lines.push(`  energies: ${list(energ)},`, `  megabarn: ${list(sig)},`, "};");
  }
  write("fine-structure.ts", lines);
}

function balucinska() {
  const { elements } = read("bcmc_coefficients.json");
  const lines = [
    "// Balucinska-Church & McCammon 1992, ApJ 400, 699: polynomials of the photoelectric cross-section, as XSPEC's bcmc and",
    `// obcm use them; helium is computed otherwise. Made by scripts/convert-coefficients.mjs, ${date}.`,
    "",
    "export interface BalucinskaAtom {",
    "  /** Atomic mass in 1e-24 g. */",
    "  readonly mass: number;",
    "  /** Absorption edges, eV, ascending. */",
    "  readonly edges: readonly number[];",
    "  /** Coefficients of (ln E_eV)^k, one list a range between edges. */",
    "  readonly coefficients: readonly (readonly number[])[];",
    "}",
    "",
    "/** By atomic number. */",
    "export const balucinskaAtoms: Readonly<Record<number, BalucinskaAtom>> = {",
  ];
  for (const { Z, f, edges_eV, coef } of Object.values(elements)) {
    if (Z === 2) continue;
    lines.push(
      `  ${Z}: { mass: ${f}, edges: ${list(edges_eV)}, coefficients: [${coef.map(list).join(", ")}] },`,
    );
  }
  write("balucinska.ts", [...lines, "};"]);
}

abundances();
verner();
fineStructure();
balucinska();
