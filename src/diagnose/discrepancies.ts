import { andersonDarling } from "./anderson-darling.ts";
import { cramerVonMises } from "./cramer-von-mises.ts";
import { kolmogorovSmirnov } from "./kolmogorov-smirnov.ts";
import { countRuns } from "./runs.ts";

/** A measure of how badly counts (C) fit expected counts mu (C): larger is worse. */
export interface Discrepancy {
  readonly name: string;
  readonly value: (counts: ArrayLike<number>, mu: ArrayLike<number>) => number;
}

/** C of one bin, 2 (mu - S + S ln(S/mu)). */
function binStatistic(count: number, mu: number): number {
  return 2 * (mu - count + (count > 0 ? count * Math.log(count / mu) : 0));
}

/** Sum over bins of 2 (mu - S + S ln(S/mu)), the last term 0 for S = 0. Cash 1979, ApJ 228, 939. */
export const cstatDiscrepancy: Discrepancy = {
  name: "cstat",
  value: (counts, mu) => {
    let sum = 0;
    for (let i = 0; i < counts.length; i++) sum += binStatistic(counts[i], mu[i]);
    return sum;
  },
};

/** Largest deviance residual, max sqrt(C of the bin): a single line or a bad channel. */
export const largestResidual: Discrepancy = {
  name: "largest residual",
  value: (counts, mu) => {
    let most = 0;
    for (let i = 0; i < counts.length; i++) most = Math.max(most, binStatistic(counts[i], mu[i]));
    return Math.sqrt(most);
  },
};

/** Fewer runs of residuals of one sign than chance has, in standard deviations: broad structure. */
export const fewRuns: Discrepancy = { name: "runs", value: (counts, mu) => -countRuns(counts, mu).deviation };

/** Kolmogorov-Smirnov distance of the cumulative spectra. 0 for a spectrum without counts, which has no shape. */
export const kolmogorovSmirnovDiscrepancy: Discrepancy = {
  name: "kolmogorov-smirnov",
  value: (counts, mu) => (hasCounts(counts) ? kolmogorovSmirnov(counts, mu).distance : 0),
};

export const cramerVonMisesDiscrepancy: Discrepancy = {
  name: "cramer-von-mises",
  value: (counts, mu) => (hasCounts(counts) ? cramerVonMises(counts, mu) : 0),
};

export const andersonDarlingDiscrepancy: Discrepancy = {
  name: "anderson-darling",
  value: (counts, mu) => (hasCounts(counts) ? andersonDarling(counts, mu) : 0),
};

export const DISCREPANCIES: readonly Discrepancy[] = [
  cstatDiscrepancy,
  largestResidual,
  fewRuns,
  kolmogorovSmirnovDiscrepancy,
  cramerVonMisesDiscrepancy,
  andersonDarlingDiscrepancy,
];

function hasCounts(counts: ArrayLike<number>): boolean {
  for (let i = 0; i < counts.length; i++) if (counts[i] > 0) return true;
  return false;
}
