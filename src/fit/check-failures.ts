import { type Localised, localise, type Sorting } from "../diagnose/index.ts";
import { reliable, type TestSpectrum } from "./check-bank.ts";
import { FAMILY_LEVEL, type NetworkSbc } from "./check-sbc.ts";
import type { Failure } from "./check-types.ts";

/** Spectra a bin, at least, and bins at most. */
const BIN = { spectra: 40, most: 8 };
/** A bin is marked where more than this share of its spectra cannot be refined, and chance alone would not do it. */
const UNRELIABLE = 0.1;

export interface FailureInput {
  /** The test spectra whose posteriors were tested. */
  readonly bank: readonly TestSpectrum[];
  readonly sbc: NetworkSbc;
  readonly sortings: readonly Sorting[];
  /** How a value of a sorting is written. */
  readonly format: (by: string, value: number) => string;
}

/** The bins of spectra, and those in which the network fails, neighbours joined. */
export function findFailures({ bank, sbc, sortings, format }: FailureInput): {
  readonly bins: readonly Localised[];
  readonly failures: readonly Failure[];
} {
  const ranks = sbc.network.tests.filter(({ kind }) => kind === "parameter");
  const count = Math.max(1, Math.min(BIN.most, Math.floor(bank.length / BIN.spectra)));
  const bins = localise(ranks, sortings, count);
  const failures = bins.flatMap((sorted) => [
    ...joined(sorted, "calibration", ({ parameters }) => biasText(parameters), format),
    ...joined(sorted, "importance", ({ members }) => weightsText(bank, members), format),
  ]);
  return { bins, failures: mostTelling(failures, bank.length) };
}

type Bin = Localised["bins"][number];

/** Runs of neighbouring bins with a fault, one record each. */
function joined(
  { by, bins }: Localised,
  what: Failure["what"],
  fault: (bin: Pick<Bin, "members" | "parameters">) => string | undefined,
  format: FailureInput["format"],
): Failure[] {
  const out: Failure[] = [];
  for (let from = 0; from < bins.length; from++) {
    if (fault(bins[from]) === undefined) continue;
    let to = from;
    while (to + 1 < bins.length && fault(bins[to + 1]) !== undefined) to++;
    const low = from > 0 ? bins[from].low : undefined;
    const high = to < bins.length - 1 ? bins[to].high : undefined;
    const members = bins.slice(from, to + 1).flatMap((bin) => bin.members);
    const says = fault(worst(bins.slice(from, to + 1)));
    const text = `${where(by, low, high, format)}: ${says}`;
    out.push({
      by,
      ...(low !== undefined && { low }),
      ...(high !== undefined && { high }),
      what,
      spectra: members.length,
      text,
    });
    from = to;
  }
  return out;
}

/** The bin of a run by which it is described. */
function worst(bins: readonly Bin[]): Bin {
  const least = (bin: Bin) => Math.min(...bin.parameters.map(({ adjusted }) => adjusted));
  return bins.reduce((a, b) => (least(b) < least(a) ? b : a));
}

function where(
  by: string,
  low: number | undefined,
  high: number | undefined,
  format: FailureInput["format"],
): string {
  const [least, most] = [low, high].map((value) => (value === undefined ? undefined : format(by, value)));
  if (least === undefined && most === undefined) return "everywhere";
  if (by === "counts") {
    if (least === undefined) return `spectra of fewer than ${most} counts`;
    return most === undefined
      ? `spectra of more than ${least} counts`
      : `spectra of ${least} to ${most} counts`;
  }
  const name = `spectra whose ${by} is found`;
  if (least === undefined) return `${name} below ${most}`;
  return most === undefined ? `${name} above ${least}` : `${name} between ${least} and ${most}`;
}

function biasText(parameters: Bin["parameters"]): string | undefined {
  const faults = parameters.filter(({ adjusted }) => adjusted < FAMILY_LEVEL);
  if (faults.length === 0) return undefined;
  const say = ({ parameter, bias, width }: (typeof faults)[number]) => {
    const parts: string[] = [];
    if (Math.abs(bias) > 0.3)
      parts.push(`${Math.abs(bias).toFixed(1)} sigma too ${bias > 0 ? "low" : "high"}`);
    if (width > 1.15) parts.push(`${width.toFixed(2)} times too narrow`);
    if (width < 0.87) parts.push(`${(1 / width).toFixed(2)} times too wide`);
    return `${parameter} ${parts.length > 0 ? parts.join(" and ") : "slightly off"}`;
  };
  return `the network alone gives ${faults.map(say).join(", ")}`;
}

function weightsText(bank: readonly TestSpectrum[], members: readonly number[]): string | undefined {
  const judged = members.flatMap((i) => bank[i].importance ?? []);
  const bad = judged.filter((importance) => !reliable(importance)).length;
  const share = bad / judged.length;
  // Four in forty by chance where one in fifty fails: once in 130 bins.
  if (!(share > UNRELIABLE) || bad < 4) return undefined;
  return `importance sampling fails for ${Math.round(100 * share)} % of the spectra`;
}

/** What fails everywhere, once, then what is confined to the fewest spectra first. */
function mostTelling(failures: readonly Failure[], spectra: number): Failure[] {
  const everywhere = (failure: Failure) => failure.spectra === spectra;
  const seen = new Set<string>();
  return [...failures]
    .sort((a, b) => Number(everywhere(b)) - Number(everywhere(a)) || a.spectra - b.spectra)
    .filter((failure) => {
      if (!everywhere(failure)) return true;
      const known = seen.has(failure.what);
      seen.add(failure.what);
      return !known;
    });
}
