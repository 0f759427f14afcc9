import { InputError } from "../errors.ts";
import type { Group, Redistribution } from "./types.ts";

/** Range of energies, keV; -Infinity and Infinity for "all below" and "all above". */
export type EnergyRange = readonly [number, number];

export interface Selection {
  readonly groups: readonly Group[];
  /** EBOUNDS row of each row of the spectrum. */
  readonly rows: Int32Array;
  readonly response: Pick<Redistribution, "channelLow" | "channelHigh">;
  /** Ranges kept; none: everything. */
  readonly notice?: readonly EnergyRange[];
  /** Ranges dropped afterwards. */
  readonly ignore?: readonly EnergyRange[];
  /** XSPEC's rule by default. */
  readonly rule?: "xspec" | "inside";
  /** Keep groups of quality 2 and worse, which are dropped by default as by XSPEC's `ignore bad`. */
  readonly keepBad?: boolean;
}

/** Nominal energies of a group, keV: E_MIN of its first and E_MAX of its last channel (or the reverse order). */
export function groupEnergies(
  group: Group,
  { rows, response }: Pick<Selection, "rows" | "response">,
): EnergyRange {
  const a = rows[group.first];
  const b = rows[group.last];
  const { channelLow: low, channelHigh: high } = response;
  return [Math.min(low[a], high[a], low[b], high[b]), Math.max(low[a], high[a], low[b], high[b])];
}

/**
 * Groups that are kept.
 *
 * Rule "xspec": a range covers every bin from the one whose E_MAX >= lower limit to the one whose E_MAX >= upper limit,
 * both included, for notice and ignore alike (the bins that enclose the limits belong to the range).
 * Rule "inside": notice keeps a group when E_MIN >= lower and E_MAX < upper, all rounded to float32; ignore drops a
 * group when any part of it lies in the range (E_MIN < upper and E_MAX > lower).
 *
 * InputError, stating the energies there are, where nothing is left.
 */
export function selectGroups(selection: Selection): Group[] {
  const { groups, notice = [], ignore = [], rule = "xspec", keepBad = false } = selection;
  const energies = groups.map((group) => groupEnergies(group, selection));
  const cover = rule === "xspec" ? coverEnclosing : coverInside;
  const kept = groups.map((group) => (keepBad || group.quality === 0) && notice.length === 0);
  for (const range of notice)
    for (const i of cover(energies, checkRange(range), "notice"))
      kept[i] = keepBad || groups[i].quality === 0;
  for (const range of ignore) for (const i of cover(energies, checkRange(range), "ignore")) kept[i] = false;
  const result = groups.filter((_, i) => kept[i]);
  if (result.length === 0) throw new InputError(nothingLeft(selection, energies));
  return result;
}

function checkRange(range: EnergyRange): EnergyRange {
  if (!(range[0] < range[1]))
    throw new InputError(`the energy range ${range[0]}-${range[1]} keV is empty; expected lower-upper`);
  return range;
}

type Cover = (energies: readonly EnergyRange[], range: EnergyRange, use: "notice" | "ignore") => number[];

const coverEnclosing: Cover = (energies, [lower, upper]) => {
  const order = energies.map((_, i) => i).sort((a, b) => energies[a][0] - energies[b][0]);
  const result: number[] = [];
  for (const i of order) {
    const [low, high] = energies[i];
    if (high < lower) continue;
    if (low >= upper) break;
    result.push(i);
    if (high >= upper) break;
  }
  return result;
};

const coverInside: Cover = (energies, range, use) => {
  const [lower, upper] = range.map(Math.fround);
  return energies.flatMap(([low, high], i) => {
    const min = Math.fround(low);
    const max = Math.fround(high);
    const covered = use === "notice" ? min >= lower && max < upper : min < upper && max > lower;
    return covered ? [i] : [];
  });
};

function nothingLeft({ groups, keepBad = false }: Selection, energies: readonly EnergyRange[]): string {
  const good = energies.filter((_, i) => keepBad || groups[i].quality === 0);
  if (good.length === 0) return "no channel of good quality is left";
  const low = good.reduce((m, e) => Math.min(m, e[0]), Infinity);
  const high = good.reduce((m, e) => Math.max(m, e[1]), -Infinity);
  return `no channels in the chosen energy ranges; good ones cover ${Number(low.toPrecision(6))}-${Number(high.toPrecision(6))} keV`;
}
