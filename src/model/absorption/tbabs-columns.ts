import type { FineStructure } from "../data/fine-structure.ts";
import { fineFe, fineNe, fineO } from "../data/fine-structure.ts";
import { edgeMean } from "../edge-mean.ts";
import { absorbers } from "./elements.ts";
import type { GrainSizes } from "./grains.ts";
import { grainShielding, standardGrains } from "./grains.ts";
import { heliumMegabarn } from "./helium.ts";
import { hydrogenMegabarn, molecularHydrogenMegabarn } from "./hydrogen.ts";
import { vernerMegabarn } from "./verner.ts";

/** Gas fraction of each element (the rest is in grains) and atomic weight, in the order of `absorbers`. */
const gasFraction = [1, 1, 0.5, 1, 0.6, 1, 0.25, 0.2, 0.02, 0.1, 0.6, 0.5, 1, 0.003, 0.03, 0.3, 0.05, 0.04];
const atomicWeight = [1, 4, 12, 14, 16, 20, 23, 24, 27, 28, 32, 35, 40, 40, 52, 56, 59, 59];

/** Atomic mass unit as TBabs has it, g. */
const atomicMass = 1.6605655e-24;

/** XSPEC lets nothing absorb from here on, eV. */
const transparentFrom = 1e5;

/** What the interstellar medium is made of besides abundances. */
export interface Medium {
  /** Fraction of the hydrogen nuclei that are in molecules. */
  readonly molecular: number;
  /** Absent: everything is gas. */
  readonly grains?: GrainSizes;
  /** Of each element (18) what is not in grains; those of TBabs where absent. */
  readonly gas?: ArrayLike<number>;
}

/**
 * Mean cross-sections (Mb) of the 18 elements and of H2 at the edges of each bin, (19, E) row-major: row k belongs to
 * absorbers[k], the last one to H2. Edges (E+1) in keV are multiplied by `stretch` (1 + z).
 */
export function tbabsElementColumns(out: Float64Array, edges: Float64Array, stretch: number): void {
  const bins = edges.length - 1;
  absorbers.forEach((z, k) => {
    const megabarn = atomMegabarn(z);
    edgeMean(out.subarray(k * bins, (k + 1) * bins), edges, (keV) => cut(1000 * stretch * keV, megabarn));
  });
  const last = out.subarray(absorbers.length * bins);
  edgeMean(last, edges, (keV) => cut(1000 * stretch * keV, molecularHydrogenMegabarn));
}

/**
 * Fills out (E) with the absorption cross-section of each bin in units of 1e-22 cm2 per hydrogen nucleus: gas, molecules
 * and grains. `columns` as made by `tbabsElementColumns`, abundances (18) relative to H in the order of `absorbers`.
 * Wilms, Allen & McCray 2000, ApJ 542, 914, sections 2.2-2.4.
 */
export function tbabsMixture({
  molecular,
  grains,
  gas: gasOf = gasFraction,
}: Medium): (out: Float64Array, columns: Float64Array, abundances: ArrayLike<number>) => void {
  const inGas = Array.from(gasOf, (fraction) => (grains === undefined ? 1 : fraction));
  const shielding = grainShielding(grains ?? standardGrains);
  return (out, columns, abundances) => {
    const bins = out.length;
    let mass = 0;
    for (let k = 0; k < inGas.length; k++) {
      mass += abundances[k] * (1 - inGas[k]) * atomicWeight[k] * atomicMass;
    }
    for (let i = 0; i < bins; i++) {
      let gas = 0.5 * molecular * columns[inGas.length * bins + i];
      let solid = 0;
      for (let k = 0; k < inGas.length; k++) {
        const sigma = abundances[k] * columns[k * bins + i];
        gas += (k === 0 ? (1 - molecular) * inGas[0] : inGas[k]) * sigma;
        solid += (1 - inGas[k]) * sigma;
      }
      // opacity of the solid, cm2/g: (Mb per H nucleus) / (g per H nucleus)
      const shield = mass > 0 ? shielding((1e-18 * solid) / mass) : 1;
      out[i] = 1e4 * (gas + solid * shield);
    }
  };
}

function cut(energy: number, megabarn: (energy: number) => number): number {
  return energy < transparentFrom ? megabarn(energy) : 0;
}

/** Cross-section of one atom as TBabs 2.3 has it, Mb at an energy in eV. */
function atomMegabarn(z: number): (energy: number) => number {
  if (z === 1) return hydrogenMegabarn;
  if (z === 2) return heliumMegabarn;
  const smooth = vernerMegabarn(z);
  if (z === 8) return (energy) => interpolate(fineO, energy) ?? smooth(energy);
  if (z === 10) return (energy) => interpolate(fineNe, energy) ?? smooth(energy);
  if (z !== 26) return smooth;
  // TBabs bridges 745-795 eV beside the table of iron's L edges with a power law
  const bridge = (energy: number) => 1.645 * (energy / 720.74) ** -3.2;
  return (energy) =>
    interpolate(fineFe, energy) ?? (energy >= 745 && energy <= 795 ? bridge(energy) : smooth(energy));
}

/** Linear interpolation; undefined outside the table. */
function interpolate({ energies, megabarn }: FineStructure, energy: number): number | undefined {
  let low = 0;
  let high = energies.length - 1;
  if (energy < energies[low] || energy > energies[high]) return undefined;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (energies[middle] <= energy) low = middle;
    else high = middle;
  }
  const fraction = (energy - energies[low]) / (energies[high] - energies[low]);
  return megabarn[low] + fraction * (megabarn[high] - megabarn[low]);
}
