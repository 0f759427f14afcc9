import {
  fittedLine,
  type Localised,
  type Recovered,
  recoveredParameters,
  type Sorting,
  slopeThroughOrigin,
  stretch,
} from "../diagnose/index.ts";
import { quantiles } from "../math/quantile.ts";
import { parseExpression } from "../model/expression.ts";
import { findParameter } from "../model/find-parameter.ts";
import type { Observation } from "../observe/types.ts";
import { type RegionDraws, reliable, type TestSpectrum, testBank } from "./check-bank.ts";
import { findFailures } from "./check-failures.ts";
import { calibrationOfBank, type NetworkSbc, trusted } from "./check-sbc.ts";
import { type CheckedSpectrum, checkSpectrum } from "./check-spectrum.ts";
import { type CheckResult, type ParameterCheck, regionOf, type TestSummary } from "./check-types.ts";
import { BLIND, networkFindings, networkVerdict } from "./check-words.ts";
import type { OpenNetwork } from "./open-network.ts";
import type { Control } from "./types.ts";
import { VERSION } from "./version.ts";

export interface CheckOptions {
  /** Simulated spectra. 300 see widths that are wrong by a fifth; 1000 by a tenth. */
  readonly spectra?: number;
  /** Draws of the network for each. */
  readonly draws?: number;
  readonly seed: number;
  /** Data sets to be looked at, each of the network's set-up. */
  readonly observed?: readonly (readonly Observation[])[];
  /** Simulated spectra that the statistic of each of them is compared with. */
  readonly goodness?: number;
}

/** What is found, and what its figures show. */
export interface Checked {
  readonly result: CheckResult;
  readonly bank: readonly TestSpectrum[];
  readonly sbc: NetworkSbc;
  /** In-out: one record a parameter, in log10 where it is logarithmic; `refined` where importance sampling works for all of them. */
  readonly recovered: { readonly network: readonly Recovered[]; readonly refined?: readonly Recovered[] };
  readonly sortings: readonly Sorting[];
  readonly bins: readonly Localised[];
  readonly predictive: readonly CheckedSpectrum[];
}

/**
 * Whether a network may be trusted, and where not: simulation-based calibration, coverage, random points, efficiency of importance sampling, all
 * over simulated spectra of the region that it was trained on, and whether given spectra are ones that its model makes. docs/checking.md
 * explains each test. Writes and prints nothing.
 */
export async function checkNetwork(
  open: OpenNetwork,
  { spectra = 300, draws = 1000, seed, observed = [], goodness }: CheckOptions,
  control: Control = {},
): Promise<Checked> {
  const bank = await testBank(open, { spectra, draws, seed }, control);
  const sbc = calibrationOfBank(open, bank, seed);
  const posteriors = {
    network: bank.flatMap(({ network }) => network ?? []),
    refined: sbc.refined && trusted(bank),
  };
  const logarithmic = open.prior.priors.map((one) => one.logarithmic);
  const recovered = {
    network: recoveredParameters(posteriors.network, { logarithmic }),
    ...(posteriors.refined && { refined: recoveredParameters(posteriors.refined, { logarithmic }) }),
  };
  // Only spectra with a posterior of the network have ranks, and so a place in the bins.
  const judged = bank.filter(({ network }) => network !== undefined);
  const sortings = sortingsOf(open, judged, recovered.network);
  const { bins, failures } = findFailures({ bank: judged, sbc, sortings, format: formatted });
  const known = {
    ...{ xnpe: VERSION, seed, model: open.problem.model, spectra, draws, failures },
    region: regionOf(open.network.origin.window),
    parameters: parameterChecks(open, posteriors, recovered.refined ?? recovered.network),
    network: { pValue: sbc.network.pValue, tests: sbc.network.tests.map(summary) },
    ...(sbc.refined && {
      refined: {
        pValue: sbc.refined.pValue,
        tests: sbc.refined.tests.map(summary),
        spectra: sbc.refinedSpectra,
      },
    }),
    ...importanceOf(bank),
    outside: bank.reduce((sum, { outside }) => sum + outside, 0) / bank.length,
    lost: sbc.lost,
  };
  const findings = networkFindings(known);
  const verdict = networkVerdict(known, findings);
  const predictive: CheckedSpectrum[] = [];
  for (const observations of observed)
    predictive.push(await checkSpectrum(open, observations, bank, { seed, ...(goodness && { goodness }) }));
  const result: CheckResult = {
    ...known,
    verdict,
    findings,
    observed: predictive.map(({ check }) => check),
    blind: BLIND,
    warnings: [],
  };
  return { result, bank, sbc, recovered, sortings, bins, predictive };
}

/** What the data alone tell, by which spectra are sorted: counts, and the posterior median of each parameter. */
function sortingsOf(
  { prior }: OpenNetwork,
  bank: readonly TestSpectrum[],
  recovered: readonly Recovered[],
): Sorting[] {
  return [
    ...recovered.map(({ median }, d) => ({
      name: prior.names[d],
      values: prior.priors[d].logarithmic ? Array.from(median, (m) => 10 ** m) : median,
    })),
    { name: "counts", values: bank.map(({ total }) => total) },
  ];
}

function formatted(by: string, value: number): string {
  return by === "counts" ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** Coverage of central intervals of 68 % (one sigma) and 90 %. */
const COVERAGES = [
  { interval: 68, wanted: 0.6826894921370859 },
  { interval: 90, wanted: 0.9 },
] as const;

function parameterChecks(
  { problem, prior }: OpenNetwork,
  posteriors: {
    readonly network: readonly RegionDraws[];
    readonly refined?: readonly RegionDraws[] | undefined;
  },
  recovered: readonly Recovered[],
): ParameterCheck[] {
  const expression = parseExpression(problem.model);
  const logarithmic = prior.priors.map((one) => one.logarithmic);
  const stretches = (cases: readonly RegionDraws[]) => {
    const levels = COVERAGES.map(({ interval, wanted }) => ({
      wanted,
      found: recoveredParameters(cases, { logarithmic, interval }),
    }));
    return prior.names.map((_, d) => levels.map(({ found: one, wanted }) => stretch(one[d], wanted)));
  };
  const network = stretches(posteriors.network);
  const refined = posteriors.refined && stretches(posteriors.refined);
  return prior.names.map((name, d) => ({
    name,
    unit: expression.parameters[findParameter(expression, name)].unit,
    logarithmic: logarithmic[d],
    network: network[d],
    ...(refined && { refined: refined[d] }),
    ...linesOf(recovered[d]),
  }));
}

/** Both regressions; absent where the true values do not allow them, or a posterior has no width. */
function linesOf(recovered: Recovered): Pick<ParameterCheck, "throughOrigin" | "line"> {
  const { truth, median, low, high } = recovered;
  const wide = Array.from(truth, (_, i) => i).filter((i) => high[i] > low[i] && Number.isFinite(median[i]));
  if (wide.length < 3) return {};
  const pick = (values: ArrayLike<number>) => wide.map((i) => values[i]);
  const kept = { truth: pick(truth), median: pick(median), low: pick(low), high: pick(high) };
  return { throughOrigin: slopeThroughOrigin(kept), line: fittedLine(kept) };
}

function summary({ name, kind, shift, spread, pValue, adjusted }: TestSummary): TestSummary {
  return { name, kind, shift, spread, pValue, adjusted };
}

function importanceOf(bank: readonly TestSpectrum[]): Pick<CheckResult, "importance"> {
  const judged = bank.flatMap(({ importance }) => importance ?? []);
  if (judged.length === 0) return {};
  const efficiency = quantiles(
    judged.map((one) => one.efficiency),
    [0.05, 0.25, 0.5],
  );
  const paretoK = quantiles(
    judged.map((one) => one.paretoK),
    [0.5, 0.75, 0.95],
  );
  const unreliable = judged.filter((one) => !reliable(one)).length / judged.length;
  return { importance: { efficiency, paretoK, unreliable } };
}
