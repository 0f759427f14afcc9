import { InputError } from "../../errors.ts";
import { suggestion } from "../../math/nearest.ts";
import { edgeMean } from "../edge-mean.ts";
import { balucinskaMegabarn, heliumOfBalucinska, heliumOfMarrWest } from "./balucinska.ts";
import { absorbers } from "./elements.ts";
import { vernerMegabarn } from "./verner.ts";

/** Names of the cross-section settings. */
export const crossSectionTables: readonly string[] = ["vern", "bcmc", "obcm"];

/**
 * Mean cross-sections (Mb) of the 18 absorbing elements in each bin, (18, E) row-major in the order of `absorbers`; edges
 * (E+1) in keV are multiplied by `stretch` (1 + z). As XSPEC has them:
 *
 * - `vern`: Verner+ 1995, 1996, mean of the values at a bin's two edges;
 * - `bcmc`: Balucinska-Church & McCammon 1992 at the bin's midpoint, helium of Yan+ 1998;
 * - `obcm`: the same with the helium of Marr & West 1976.
 *
 * Throws InputError for any other name.
 */
export function photoelectricColumns(
  out: Float64Array,
  edges: Float64Array,
  stretch: number,
  xsect: string,
): void {
  const bins = edges.length - 1;
  const table = crossSectionName(xsect);
  absorbers.forEach((z, k) => {
    const row = out.subarray(k * bins, (k + 1) * bins);
    if (table === "vern") {
      const megabarn = vernerMegabarn(z);
      edgeMean(row, edges, (keV) => megabarn(1000 * stretch * keV));
    } else fillRow(row, edges, stretch, atomInBin(z, table));
  });
}

/** The setting in XSPEC's spelling. */
export function crossSectionName(xsect: string): string {
  const name = xsect.toLowerCase();
  if (crossSectionTables.includes(name)) return name;
  const message = `unknown cross-sections "${xsect}"; there are ${crossSectionTables.join(", ")}`;
  throw new InputError(message + suggestion(name, crossSectionTables), { key: "xsect" });
}

function atomInBin(z: number, table: string): (low: number, high: number) => number {
  if (z !== 2) return (low, high) => balucinskaMegabarn(z, low, high);
  const helium = table === "bcmc" ? heliumOfBalucinska : heliumOfMarrWest;
  return (low, high) => helium(0.5 * (low + high));
}

function fillRow(
  row: Float64Array,
  edges: Float64Array,
  stretch: number,
  megabarn: (low: number, high: number) => number,
): void {
  for (let i = 0; i < row.length; i++) {
    row[i] = megabarn(1000 * stretch * edges[i], 1000 * stretch * edges[i + 1]);
  }
}

/** out (E) = sum over elements of abundance x column, in 1e-22 cm2 per hydrogen atom. */
export function mixColumns(out: Float64Array, columns: Float64Array, abundances: ArrayLike<number>): void {
  const bins = out.length;
  for (let i = 0; i < bins; i++) {
    let sum = 0;
    for (let k = 0; k < abundances.length; k++) sum += abundances[k] * columns[k * bins + i];
    out[i] = 1e4 * sum;
  }
}
