import { cubicWeights } from "./cubic-interpolation.ts";
import { gauntTable } from "./gaunt-table.fixture.ts";

/** Grid of the table: decimal logarithms of gamma^2 (rows) and of u (columns). */
const first = -4;
const perStep = 5;

/**
 * The thermally averaged free-free Gaunt factor itself, by cubic interpolation between values of Sommerfeld's formula (Karzas & Latter 1961, ApJS 6,
 * 167; Sutherland 1998, MNRAS 300, 321), good to 1e-4 for 1e-4 <= gamma^2 <= 40 and 1e-4 <= u <= 63.
 */
export function integratedGaunt(gamma2: number, u: number): number {
  const across = gauntTable.map((row) => interpolate(row, Math.log10(u)));
  return interpolate(across, Math.log10(gamma2));
}

function interpolate(values: readonly number[], logarithm: number): number {
  const position = (logarithm - first) * perStep;
  const from = Math.min(values.length - 4, Math.max(0, Math.floor(position) - 1));
  const weights = new Float64Array(4);
  cubicWeights(weights, position - from - 1);
  return weights.reduce((sum, weight, j) => sum + weight * values[from + j], 0);
}
