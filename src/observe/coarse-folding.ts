import type { Folding } from "./types.ts";

/** Neighbouring energies of a folding in groups. */
export interface EnergyGroups {
  /** keV, G+1 entries. */
  readonly edges: Float64Array;
  /** Group of each energy (E). */
  readonly group: Int32Array;
}

/** Groups of energies as wide as `width` times their lower edge, or of one energy where that is wider. */
export function groupEnergies({ edges }: Pick<Folding, "edges">, width: number): EnergyGroups {
  const energies = edges.length - 1;
  const cuts = [0];
  for (let e = 1; e < energies; e++) {
    const from = edges[cuts[cuts.length - 1]];
    if (edges[e + 1] - from > width * from) cuts.push(e);
  }
  const group = new Int32Array(energies);
  cuts.forEach((cut, g) => {
    group.fill(g, cut);
  });
  return { edges: Float64Array.from([...cuts, energies], (e) => edges[e]), group };
}

/**
 * A folding on groups of energies, in which every matrix element of a group is the mean of its energies', weighted with a
 * spectrum: the same rates for that spectrum, `photons` (E) or `grouped` (G), and nearly the same for similar ones.
 */
export function coarseFolding(
  folding: Folding,
  { edges, group }: EnergyGroups,
  photons: Float64Array,
  grouped: Float64Array,
): Folding {
  const share = sharesOfGroups(folding.edges, edges, group, photons, grouped);
  const bins = folding.start.length;
  const start = new Int32Array(bins);
  const length = new Int32Array(bins);
  const offset = new Int32Array(bins + 1);
  for (let c = 0; c < bins; c++) {
    if (folding.length[c] > 0) {
      start[c] = group[folding.start[c]];
      length[c] = group[folding.start[c] + folding.length[c] - 1] - start[c] + 1;
    }
    offset[c + 1] = offset[c] + length[c];
  }
  const values = new Float64Array(offset[bins]);
  for (let c = 0; c < bins; c++) {
    const to = offset[c] - start[c];
    const from = folding.offset[c] - folding.start[c];
    const end = folding.start[c] + folding.length[c];
    for (let e = folding.start[c]; e < end; e++) values[to + group[e]] += folding.values[from + e] * share[e];
  }
  return { edges, start, length, offset, values };
}

/** Photons of each energy (E) per photon of its group; by widths where the spectrum has no photons. */
function sharesOfGroups(
  fine: Float64Array,
  coarse: Float64Array,
  group: Int32Array,
  photons: Float64Array,
  grouped: Float64Array,
): Float64Array {
  return Float64Array.from(group, (g, e) => {
    const share = photons[e] / grouped[g];
    return share > 0 && share < Infinity ? share : (fine[e + 1] - fine[e]) / (coarse[g + 1] - coarse[g]);
  });
}
