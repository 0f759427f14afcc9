import { morrisonDepth } from "./absorption/morrison.ts";
import { transmission } from "./absorption/transmission.ts";
import { parameter } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Step of the sum over columns, in the decimal logarithm. */
const step = 0.1;
const limits = [1e-7, 1e-7, 1e5, 1e6] as const;

/**
 * Absorption by a distribution of columns with a power law of covering fraction, each column as `wabs`:
 *
 *   T = sum_k w_k exp(-N_k sigma),  w_k = N_k^beta dN_k / int_nHmin^nHmax N^beta dN
 *
 * The sum has steps of 0.1 in log10 N, each at its centre; a shorter one fills up what is left below nHmax. As in XSPEC
 * one more whole step follows beyond nHmax, so that T exceeds 1 where nothing absorbs. XSPEC's values are met where
 * log10 nHmax/nHmin is a multiple of 0.1; between such values this interpolates without jumps. The depth of a bin is the mean
 * of the depths at its edges, unlike that of `wabs`. XSPEC `pwab`.
 */
export const pwab: Model = {
  kind: "multiplicative",
  name: "pwab",
  summary: "photoelectric absorption by a power-law distribution of columns",
  formula: "int_nHmin^nHmax N^beta exp(-N sigma(E)) dN / int_nHmin^nHmax N^beta dN",
  reference: "Done & Magdziarz 1998, MNRAS 298, 737; Morrison & McCammon 1983, ApJ 270, 119",
  parameters: [
    parameter("nHmin", "1e22 cm-2", 1, limits, 0.001),
    parameter("nHmax", "1e22 cm-2", 2, limits, 0.001),
    parameter("beta", "", 1, [-10, -10, 10, 20], -0.01),
  ],
  prepare(edges, { vector }) {
    const sigma = morrisonDepth(edges);
    const work = vector.alloc(sigma.length);
    return (out, theta) => {
      const [low, high, beta] = theta as readonly number[];
      if (high <= low) {
        transmission(out, low, sigma, vector);
        return;
      }
      out.fill(0);
      for (const { column, weight } of columnSteps(low, high, beta)) {
        transmission(work, column, sigma, vector);
        for (let i = 0; i < out.length; i++) out[i] += weight * work[i];
      }
    };
  },
};

interface ColumnStep {
  readonly column: number;
  readonly weight: number;
}

function columnSteps(low: number, high: number, beta: number): ColumnStep[] {
  const range = Math.log10(high / low);
  const whole = Math.floor(range / step + 1e-9);
  const rest = Math.max(0, range - whole * step);
  const steps: ColumnStep[] = [];
  const total = powerIntegral(low, high, beta);
  const add = (centre: number, width: number) => {
    const column = low * 10 ** centre;
    const span = column * (10 ** (0.5 * width) - 10 ** (-0.5 * width));
    steps.push({ column, weight: (column ** beta * span) / total });
  };
  for (let k = 0; k < whole; k++) add((k + 0.5) * step, step);
  if (rest > 1e-9) add(whole * step + 0.5 * rest, rest);
  add(range + 0.5 * step, step);
  return steps;
}

/** int_low^high N^beta dN, one expression for every beta (see `powerlaw`). */
function powerIntegral(low: number, high: number, beta: number): number {
  const length = Math.log(high / low);
  const u = (1 + beta) * length;
  return low ** (1 + beta) * length * (Math.abs(u) < 1e-12 ? 1 : Math.expm1(u) / u);
}
