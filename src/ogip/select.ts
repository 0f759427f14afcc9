import { InputError } from "../errors.ts";
import type { Group, Redistribution } from "./types.ts";

/** Range of energies, keV; -Infinity and Infinity for "all below" and "all above". */
export type EnergyRange = readonly [number, number];

/** Numbers of bins from 1, both included: what XSPEC calls channels, counted after grouping and without channels of quality 1. */
export interface ChannelRange {
  readonly channels: readonly [number, number];
}

export type Range = EnergyRange | ChannelRange;

/** One command of a selection: the bins of a range are kept, or dropped. */
export interface SelectionStep {
  readonly keep: boolean;
  readonly range: Range;
}

export interface Selection {
  readonly groups: readonly Group[];
  /** EBOUNDS row of each row of the spectrum. */
  readonly rows: Int32Array;
  readonly response: Pick<Redistribution, "channelLow" | "channelHigh">;
  /** What is done to all good bins, in order. Before `ignore`; `notice` then has to be empty. */
  readonly steps?: readonly SelectionStep[];
  /** Ranges kept; none: everything. */
  readonly notice?: readonly Range[];
  /** Ranges dropped afterwards. */
  readonly ignore?: readonly Range[];
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
 * Rule "xspec": a range of energies covers every bin from the one whose E_MAX >= lower limit to the one whose E_MAX >= upper
 * limit, both included, for notice and ignore alike (the bins that enclose the limits belong to the range).
 * Rule "inside": notice keeps a group when E_MIN >= lower and E_MAX < upper, all rounded to float32; ignore drops a
 * group when any part of it lies in the range (E_MIN < upper and E_MAX > lower).
 * Numbers of bins mean the same by both.
 *
 * InputError, stating the energies there are, where nothing is left.
 */
export function selectGroups(selection: Selection): Group[] {
  const { groups, rule = "xspec", keepBad = false } = selection;
  const good = (group: Group) => keepBad || group.quality === 0;
  const energies = groups.map((group) => groupEnergies(group, selection));
  const kept = groups.map(good);
  for (const { keep, range } of stepsOf(selection)) {
    const covered = "channels" in range ? coverNumbers(groups, range) : coverBy[rule](energies, range, keep);
    for (const i of covered) kept[i] = keep && good(groups[i]);
  }
  const result = groups.filter((_, i) => kept[i]);
  if (result.length === 0) throw new InputError(nothingLeft(selection, energies));
  return result;
}

/** All of a selection as steps: to keep ranges is to drop everything first. */
function stepsOf({ steps = [], notice = [], ignore = [] }: Selection): SelectionStep[] {
  const all: SelectionStep[] = [
    ...steps,
    ...(notice.length > 0 ? [{ keep: false, range: { channels: [1, Infinity] } } as const] : []),
    ...notice.map((range) => ({ keep: true, range })),
    ...ignore.map((range) => ({ keep: false, range })),
  ];
  for (const { range } of all) checkRange(range);
  return all;
}

function checkRange(range: Range): void {
  if ("channels" in range) {
    const [first, last] = range.channels;
    if (!(first >= 1 && first <= last))
      throw new InputError(`the channels ${first}-${last} are none; expected first-last, counted from 1`);
  } else if (!(range[0] < range[1]))
    throw new InputError(`the energy range ${range[0]}-${range[1]} keV is empty; expected lower-upper`);
}

function coverNumbers(groups: readonly Group[], { channels: [first, last] }: ChannelRange): number[] {
  return groups.flatMap(({ number }, i) => (number >= first && number <= last ? [i] : []));
}

type Cover = (energies: readonly EnergyRange[], range: EnergyRange, keep: boolean) => number[];

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

const coverInside: Cover = (energies, range, keep) => {
  const [lower, upper] = range.map(Math.fround);
  return energies.flatMap(([low, high], i) => {
    const min = Math.fround(low);
    const max = Math.fround(high);
    const covered = keep ? min >= lower && max < upper : min < upper && max > lower;
    return covered ? [i] : [];
  });
};

const coverBy = { xspec: coverEnclosing, inside: coverInside };

function nothingLeft({ groups, keepBad = false }: Selection, energies: readonly EnergyRange[]): string {
  const good = energies.filter((_, i) => keepBad || groups[i].quality === 0);
  if (good.length === 0) return "no channel of good quality is left";
  const low = good.reduce((m, e) => Math.min(m, e[0]), Infinity);
  const high = good.reduce((m, e) => Math.max(m, e[1]), -Infinity);
  return `no channels in the chosen ranges; good ones cover ${Number(low.toPrecision(6))}-${Number(high.toPrecision(6))} keV, and all are numbered 1-${groups.length}`;
}
