import type { VectorMath } from "../math/vector.ts";
import { cubicWeights } from "./cubic-interpolation.ts";
import { gauntTable } from "./data/gaunt.ts";

/** Ionisation energy of hydrogen as XSPEC has it here, keV: gamma^2 = 0.01358 Z^2/kT. */
const rydberg = 0.01358;

/** No photons from this many kT on, as in XSPEC. */
const cutOff = 50;

/** Grid of the table: decimal logarithms of gamma^2 (rows) and of u = E/kT (columns). */
const first = -4;
const perStep = 5;
const rows = gauntTable.length;
const columns = gauntTable[0].length;
const lastU = columns - 1;

/**
 * Fills out (E) with scale x trapezoid over each bin of (g_H + 4 heliumRatio g_He) kT^-1/2 exp(-E/kT)/E, energies
 * stretch x edges (E+1), keV; zero from E = 50 kT on. g_H and g_He are the thermally averaged free-free Gaunt factors for
 * nuclear charges 1 and 2, by cubic interpolation in a table that is good to 1e-4 (Karzas & Latter 1961, ApJS 6, 167;
 * Sutherland 1998, MNRAS 300, 321). Below u = 1e-4 the factor goes on as a straight line in ln u, its limit; gamma^2 > 40 (kT <
 * 1 eV) counts as 40.
 */
export function freeFreeTrapezoid(
  edges: Float64Array,
  vector: VectorMath,
): (out: Float64Array, kT: number, heliumRatio: number, scale: number, stretch?: number) => void {
  const work = vector.alloc(edges.length);
  const logEdges = edges.map(Math.log10);
  const row = new Float64Array(columns);
  const part = new Float64Array(columns);
  return (out, kT, heliumRatio, scale, stretch = 1) => {
    mixRow(row, rydberg / kT);
    mixRow(part, (4 * rydberg) / kT);
    for (let k = 0; k < columns; k++) row[k] += 4 * heliumRatio * part[k];
    for (let i = 0; i < work.length; i++) work[i] = (-edges[i] * stretch) / kT;
    vector.exp(work, work);
    const shift = Math.log10(stretch / kT);
    const factor = (0.5 * scale) / Math.sqrt(kT);
    const density = (i: number) => {
      if (edges[i] * stretch >= cutOff * kT) return 0;
      return (gauntAt(row, logEdges[i] + shift) * work[i]) / edges[i];
    };
    let left = density(0);
    for (let i = 0; i < out.length; i++) {
      const right = density(i + 1);
      out[i] = factor * (left + right) * (edges[i + 1] - edges[i]);
      left = right;
    }
  };
}

const weights = new Float64Array(4);

/** The table's row at gamma2. */
function mixRow(out: Float64Array, gamma2: number): void {
  const position = Math.min(rows - 1, Math.max(0, (Math.log10(gamma2) - first) * perStep));
  const from = Math.min(rows - 4, Math.max(0, Math.floor(position) - 1));
  cubicWeights(weights, position - from - 1);
  for (let k = 0; k < columns; k++) {
    out[k] = 0;
    for (let j = 0; j < 4; j++) out[k] += weights[j] * gauntTable[from + j][k];
  }
}

/** A row's value at log10 u. */
function gauntAt(row: Float64Array, logU: number): number {
  const position = (logU - first) * perStep;
  if (position <= 0) return row[0] + position * (row[1] - row[0]);
  const from = Math.min(lastU - 3, Math.max(0, Math.floor(position) - 1));
  cubicWeights(weights, position - from - 1);
  return (
    weights[0] * row[from] +
    weights[1] * row[from + 1] +
    weights[2] * row[from + 2] +
    weights[3] * row[from + 3]
  );
}
