import type { Rng } from "../math/rng.ts";
import { type CalibrationCase, requireCases } from "./calibration-case.ts";
import { type DensityCase, densityLevels } from "./coverage.ts";
import { type EcdfBands, type EcdfReference, ecdfBandsFrom, ecdfReference } from "./ecdf-bands.ts";
import { holm } from "./holm.ts";
import { posteriorRanks, rankMoments } from "./sbc.ts";
import { tarp } from "./tarp.ts";

/** A posterior beside its truth, with the functions that joint tests compare. */
export interface DensityCalibrationCase extends CalibrationCase {
  /** Names of functions of parameters and data, such as the posterior's density, with their values at truth and draws. */
  readonly densities?: Readonly<Record<string, Omit<DensityCase, "weights">>>;
}

/** One quantity whose ranks are uniform where the posterior is right. */
export interface UniformityTest {
  readonly name: string;
  /** Of one parameter, or of all together. */
  readonly kind: "parameter" | "joint";
  /** Ranks or levels in (0, 1), one a spectrum (N). */
  readonly values: Float64Array;
  /** Mean minus 1/2, and mean squared distance from 1/2 minus 1/12, in their standard errors; see `sbc`. */
  readonly shift: number;
  readonly spread: number;
  /** ECDF minus uniform with the limits that a right posterior's curve leaves with chance alpha. */
  readonly band: EcdfBands;
  readonly pValue: number;
  /** Corrected for all tests of the family (Holm). */
  readonly adjusted: number;
}

export interface Calibration {
  readonly tests: readonly UniformityTest[];
  /** Smallest corrected p-value: at most alpha with a chance of at most alpha where the posterior is right. */
  readonly pValue: number;
}

export interface CalibrationOptions {
  /** Names of the D parameters. */
  readonly names: readonly string[];
  readonly rng: Rng;
  /** Which parameters count in log10 for distances between points (D). Default: none. */
  readonly logarithmic?: readonly boolean[];
  /** Chance at which the drawn bands are left. */
  readonly alpha?: number;
  /** Curves of as many uniform values as there are spectra, where they are there already (`ecdfReference`). */
  readonly reference?: EcdfReference;
}

/** Uniform samples behind a p-value: the least is 1/4001, small enough for a family of 20 tests at 1 %. */
const SIMULATIONS = 4000;

/**
 * Simulation-based calibration over N spectra of everything that should be uniform: the rank of each parameter among its draws, the
 * level of the truth in each density given (highest-density regions of all parameters at once: Hermans et al. 2022; ranks of the
 * log-likelihood, which depends on the data: Modrak et al. 2023, Bayesian Anal., arXiv:2211.02383), and, for two parameters or more,
 * the share of draws nearer to a random point than the truth (TARP: Lemos et al. 2023). Each is compared with the uniform law by the
 * simultaneous band of Sailynoja et al. 2022, and the p-values are corrected for their number by Holm.
 */
export function calibration(
  cases: readonly DensityCalibrationCase[],
  { names, rng, logarithmic, alpha = 0.01, reference }: CalibrationOptions,
): Calibration {
  const D = requireCases(cases);
  const quantities: Pick<UniformityTest, "name" | "kind" | "values">[] = posteriorRanks(cases, { rng }).map(
    (values, d) => ({ name: names[d], kind: "parameter", values }),
  );
  for (const name of Object.keys(cases[0].densities ?? {}))
    quantities.push({ name, kind: "joint", values: densityLevels(densityCases(cases, name), { rng }) });
  if (D > 1)
    quantities.push({
      name: "random points",
      kind: "joint",
      values: tarp(cases, { rng, ...(logarithmic && { logarithmic }), bootstrap: 1 }).levels,
    });
  const curves = reference ?? ecdfReference(cases.length, { rng, simulations: SIMULATIONS });
  const bands = quantities.map(({ values }) => ecdfBandsFrom(curves, values, alpha));
  const adjusted = holm(bands.map(({ pValue }) => pValue));
  const tests = quantities.map((quantity, i) => ({
    ...quantity,
    ...rankMoments(quantity.values),
    band: bands[i],
    pValue: bands[i].pValue,
    adjusted: adjusted[i],
  }));
  return { tests, pValue: Math.min(...adjusted) };
}

function densityCases(cases: readonly DensityCalibrationCase[], name: string): DensityCase[] {
  return cases.map(({ densities, weights }) => {
    const found = densities?.[name];
    if (found === undefined) throw new Error(`internal: a test spectrum lacks "${name}"`);
    return { ...found, ...(weights && { weights }) };
  });
}
