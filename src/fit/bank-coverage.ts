import { isShown } from "../npe/background.ts";
import { type Coverage, type Covered, coverageOf, covers } from "../npe/coverage.ts";
import { type FeatureMap, features } from "../npe/features.ts";
import type { Pool } from "./pool.ts";
import { noisyTotals } from "./restrict-check.ts";
import { type Bank, joined } from "./simulate.ts";
import { chunks } from "./train-input.ts";

export interface BankCoverageInput {
  /** The bank that is open on the pool. */
  readonly bank: Bank;
  readonly features: FeatureMap;
  readonly seed: number;
}

/** Spectra that coverage is taken from. */
const ROWS = 5000;

/**
 * Coverage of a trained network: features and totals of fresh noise on its simulations. Store it with the network; `coveredBy` then tells of any
 * counts whether the network has seen the like.
 */
export async function bankCoverage(
  pool: Pool,
  { bank, features: map, seed }: BankCoverageInput,
): Promise<Coverage> {
  const rows = Math.min(ROWS, bank.rows);
  const noise = { seed, name: "noise/coverage", from: 0, to: rows };
  const jobs = chunks(noise).map((chunk) => ({ kind: "features" as const, map, ...chunk }));
  const totals = noisyTotals(bank, rows, map.background, seed);
  return coverageOf(joined(await pool.map(jobs)), totals);
}

/**
 * Whether data (L) are like those that a network with this coverage and features was trained on. For `xnpe infer`: show it what the network is shown (the model's
 * counts at the best fit), and warn where `pValue` is below a limit or `total` is false.
 */
export function coveredBy(coverage: Coverage, map: FeatureMap, counts: Float64Array): Covered {
  return covers(coverage, features(map, counts), sourceTotal(map, counts));
}

/** Source counts of data (L). */
function sourceTotal({ bins, background }: FeatureMap, data: Float64Array): number {
  const C = isShown(background) ? bins / 2 : bins;
  return data.subarray(0, C).reduce((sum, n) => sum + n, 0);
}

/** One sound spectrum in 10 000 is called uncovered. */
const FALSE_ALARM = 1e-4;

/** What the user should know where a network is shown (data, L) what it was not trained on. */
export function adviseCoverage(coverage: Coverage, map: FeatureMap, counts: Float64Array): string[] {
  const { total, pValue } = coveredBy(coverage, map, counts);
  if (total && pValue >= FALSE_ALARM) return [];
  const { lower, upper } = coverage.totals;
  const why = total
    ? `its features are farther out than those of one in ${Math.round(1 / Math.max(pValue, 1e-12)).toPrecision(1)} simulations`
    : `it has ${sourceTotal(map, counts).toFixed(0)} counts, the simulations ${lower} to ${upper}`;
  return [
    `the spectrum lies outside of what the network was trained on: ${why}; widen the restriction or the priors`,
  ];
}
