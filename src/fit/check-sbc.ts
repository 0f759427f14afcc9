import { type Calibration, calibration, type DensityCalibrationCase } from "../diagnose/index.ts";
import { stream } from "../math/random.ts";
import {
  type RegionDraws,
  reliable,
  type TestBankOptions,
  type TestSpectrum,
  testBank,
} from "./check-bank.ts";
import type { OpenNetwork } from "./open-network.ts";
import type { Control } from "./types.ts";

/** Chance of a false alarm over all tests of a posterior. */
export const FAMILY_LEVEL = 0.01;

/** Simulation-based calibration of a network, alone and refined by importance sampling. */
export interface NetworkSbc {
  readonly spectra: number;
  /** Spectra of which (almost) no draw lies in the region that the network was trained on. */
  readonly lost: number;
  readonly network: Calibration;
  /** Without a likelihood of simulated counts (chi) absent. */
  readonly refined?: Calibration;
  /** Spectra whose weights are good enough for the refined tests (efficiency 2 % and more, Pareto k at most 0.7). */
  readonly refinedSpectra: number;
}

export interface NetworkSbcOptions extends Partial<TestBankOptions> {
  readonly seed: number;
}

/**
 * Simulation-based calibration of an open network: `spectra` (300) spectra simulated from the part of the prior it was trained on, `draws` (1000)
 * draws each, and for every parameter and jointly the test of uniform ranks. `network.pValue` and `refined.pValue` are corrected for the tests
 * of one network (Holm); for several networks, correct the `pValue`s of all `tests` together with `holm`.
 */
export async function sbcOfNetwork(
  open: OpenNetwork,
  { seed, spectra = 300, draws = 1000 }: NetworkSbcOptions,
  control: Control = {},
): Promise<NetworkSbc> {
  const bank = await testBank(open, { seed, spectra, draws }, control);
  return calibrationOfBank(open, bank, seed);
}

/** The calibration tests of a bank that is there already. */
export function calibrationOfBank(
  { prior }: Pick<OpenNetwork, "prior">,
  bank: readonly TestSpectrum[],
  seed: number,
): NetworkSbc {
  const { names } = prior;
  const logarithmic = prior.priors.map((one) => one.logarithmic);
  const found = bank.flatMap(({ network }) => (network ? [network] : []));
  const weighted = trusted(bank);
  const tests = (draws: readonly RegionDraws[], name: string) =>
    calibration(draws.map(withDensities), {
      names,
      logarithmic,
      rng: stream(seed, `check/${name}`),
      alpha: FAMILY_LEVEL,
    });
  return {
    spectra: bank.length,
    lost: bank.length - found.length,
    network: tests(found, "network"),
    ...(weighted.length >= 2 && { refined: tests(weighted, "refined") }),
    refinedSpectra: weighted.length,
  };
}

/** Refined posteriors whose weights can be trusted, which data and draws alone tell, so that ranks stay uniform. */
export function trusted(bank: readonly TestSpectrum[]): NonNullable<TestSpectrum["refined"]>[] {
  return bank.flatMap(({ refined, importance }) =>
    refined !== undefined && importance !== undefined && reliable(importance) ? [refined] : [],
  );
}

function withDensities({ truth, draws, weights, density, logLike }: RegionDraws): DensityCalibrationCase {
  return {
    truth,
    draws,
    ...(weights && { weights }),
    densities: { "joint density": density, ...(logLike && { "log-likelihood": logLike }) },
  };
}
