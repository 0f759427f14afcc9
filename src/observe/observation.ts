import { InputError } from "../errors.ts";
import {
  type AncillaryResponse,
  channelRows,
  type Group,
  groupEnergies,
  type Redistribution,
  type Spectrum,
} from "../ogip/index.ts";
import { backgroundCounts, checkExposure } from "./background.ts";
import { binOfChannel, rowsOf } from "./channels.ts";
import { buildFolding } from "./folding.ts";
import { type Grouped, groupSums } from "./grouped.ts";
import type { BackgroundCounts, ModelVariance, Observation, Weight } from "./types.ts";
import { firstNotCounted } from "./whole-counts.ts";

/** A spectrum with what belongs to it. */
export interface ObserveInput {
  readonly spectrum: Spectrum;
  readonly redistribution: Redistribution;
  /** Absent: the matrix holds the effective area itself, or the area is 1. */
  readonly ancillary?: AncillaryResponse;
  readonly background?: Spectrum;
}

/** How chi weighs the bins; nothing else depends on it. */
export interface ObserveOptions {
  /** standard */
  readonly weight?: Weight | undefined;
  /** Systematic error of the model, a fraction of it; 0. XSPEC's `systematic`. */
  readonly systematic?: number | undefined;
}

/**
 * The observation in C bins, ready for comparison with a model: the sums of the kept `groups` and the folding that
 * gives their rates. Groups hold rows of the spectrum; a group whose rows are all of quality 1 is left out.
 *
 *   expected counts = scale * rate,   scale = exposure * areascal  [s]
 */
export function observe(
  input: ObserveInput,
  kept: readonly Group[],
  { weight = "standard", systematic = 0 }: ObserveOptions = {},
): Observation {
  const { spectrum, redistribution, ancillary, background } = input;
  checkExposure(spectrum);
  const groups = kept.filter((group) => rowsOf(group, spectrum.quality).length > 0);
  if (groups.length === 0) {
    throw new InputError("no bins are left; widen the noticed energy range", { file: spectrum.file });
  }
  const rows = channelRows(spectrum, redistribution);
  const channels = redistribution.channelLow.length;
  const bins = binOfChannel(groups, { rows, quality: spectrum.quality, channels });
  const grouped = groupSums(spectrum, groups, spectrum.quality, weight);
  checkFinite(spectrum, grouped.counts);

  const energies = groups.map((group) => groupEnergies(group, { rows, response: redistribution }));
  const counted = background && backgroundCounts(background, spectrum, groups, grouped, weight);
  return {
    file: spectrum.file,
    counts: grouped.counts,
    variance: grouped.variance,
    ...modelVariance(grouped, weight, systematic),
    scale: grouped.areascal.map((areascal) => spectrum.exposure * areascal),
    exposure: spectrum.exposure,
    energyLow: Float64Array.from(energies, ([low]) => low),
    energyHigh: Float64Array.from(energies, ([, high]) => high),
    firstChannel: Int32Array.from(groups, ({ first }) => rows[first]),
    lastChannel: Int32Array.from(groups, ({ last }) => rows[last]),
    binNumber: Int32Array.from(groups, ({ number }) => number),
    folding: buildFolding(redistribution, bins, groups.length, ancillary),
    ...(counted && { background: counted }),
    responseFile: redistribution.file,
    ...(ancillary && { ancillaryFile: ancillary.file }),
    warnings: [
      ...spectrum.warnings,
      ...redistribution.warnings,
      ...(ancillary?.warnings ?? []),
      ...(background?.warnings ?? []),
      ...fractionWarning(spectrum, grouped.counts),
      ...(counted === undefined ? [] : estimateWarning(counted)),
    ],
  };
}

function modelVariance(
  grouped: Grouped,
  weight: Weight,
  systematic: number,
): { modelVariance?: ModelVariance } {
  if (weight !== "model" && systematic === 0) return {};
  return { modelVariance: { ...(weight === "model" && { besides: grouped.systematic }), systematic } };
}

/** Rates times an exposure need not be whole numbers. (Reading warns of COUNTS that are not.) */
function fractionWarning({ file, fromRate }: Spectrum, counts: Float64Array): string[] {
  const bad = firstNotCounted(counts);
  if (!fromRate || bad === -1 || counts.some((n) => n < 0)) return [];
  return [
    `${file}: RATE x EXPOSURE gives ${Number(counts[bad].toPrecision(6))} counts in bin ${bad + 1}; Poisson statistics take them as they are, but were they counted, or is a background subtracted already?`,
  ];
}

/** wstat and lstat take a background for Poisson counts; files of modelled backgrounds hold estimates instead. */
function estimateWarning({ file, counts }: BackgroundCounts): string[] {
  const bad = firstNotCounted(counts);
  if (bad === -1) return [];
  return [
    `${file}: bin ${bad + 1} holds ${Number(counts[bad].toPrecision(6))} counts: an estimate, not counted; wstat and lstat take it for Poisson counts, pgstat uses its errors`,
  ];
}

function checkFinite(spectrum: Spectrum, counts: Float64Array): void {
  const bad = counts.findIndex((count) => !Number.isFinite(count));
  if (bad === -1) return;
  throw new InputError(`bin ${bad + 1} holds ${counts[bad]} counts, expected finite numbers`, {
    file: spectrum.file,
    hdu: spectrum.hdu,
    key: spectrum.fromRate ? "RATE" : "COUNTS",
  });
}
