import { InputError, type Where } from "../errors.ts";
import type { ChannelRange, EnergyRange, Range, Selection } from "../ogip/select.ts";
import { NUMBER } from "./config-words.ts";
import type { FitConfig, SelectionCommand, SpectrumRange } from "./types.ts";

const BAND = new RegExp(`^\\s*(${NUMBER}|\\*\\*)\\s*-\\s*(${NUMBER}|\\*\\*)\\s*$`);
const CHANNELS = /^\s*ch\s*(\d+|\*\*)(?:\s*-\s*(\d+|\*\*))?\s*$/i;
const SPECTRA = /^\s*(?:(\d+)(?:\s*-\s*(\d+))?|\*\*?)\s*:(.*)$/s;

/** Energy ranges of a text such as `0.3-10` or `**-0.3, 2-10`, keV; `**` stands for all below or above. Throws InputError for anything else. */
export function parseBands(text: string, where: Where): EnergyRange[] {
  return text.split(",").map((part) => parseBand(part, where));
}

function parseBand(part: string, where: Where): EnergyRange {
  if (part.trim().toLowerCase() === "bad")
    throw new InputError("bad channels are always ignored; leave this out", where);
  const match = BAND.exec(part);
  if (match === null)
    throw new InputError(
      `expected an energy range LOW-HIGH in keV such as 0.3-10, found "${part.trim()}"`,
      where,
    );
  const band: EnergyRange = [
    match[1] === "**" ? -Infinity : Number(match[1]),
    match[2] === "**" ? Infinity : Number(match[2]),
  ];
  checkOrder(band, part, "energy range", where);
  return band;
}

/** `ch5-20`, `ch7`, `ch**-29`; undefined for anything else. */
function parseChannels(part: string, where: Where): ChannelRange | undefined {
  const match = CHANNELS.exec(part);
  if (match === null) return undefined;
  const [, low, high = low] = match;
  const channels = [low === "**" ? 1 : Number(low), high === "**" ? Infinity : Number(high)] as const;
  if (channels[0] < 1) throw new InputError(`channels are counted from 1, found "${part.trim()}"`, where);
  if (channels[0] !== channels[1]) checkOrder(channels, part, "range of channels", where);
  return { channels };
}

function checkOrder([low, high]: readonly [number, number], part: string, what: string, where: Where): void {
  if (low < high) return;
  const hint = low === high ? "the two ends are equal" : `did you mean ${high}-${low}?`;
  throw new InputError(
    `the ${what} ${part.trim()} is empty: its lower end must be below its upper end; ${hint}`,
    where,
  );
}

/**
 * Ranges of a text such as `0.3-10`, `**-0.3, 2-10` (keV), `ch1-29` (numbers of bins, as XSPEC counts channels) or `2:0.5-8` (of the second
 * spectrum alone; `1-3:` of several). As in XSPEC, the spectra that a range names hold for those behind it. Throws InputError for anything else.
 */
export function parseRanges(text: string, where: Where): SpectrumRange[] {
  let spectra: readonly [number, number] | undefined;
  return text.split(",").map((part) => {
    const match = SPECTRA.exec(part);
    if (match !== null) spectra = spectraOf(match, where);
    const rest = match === null ? part : match[3];
    const range = parseChannels(rest, where) ?? parseBand(rest, where);
    return spectra === undefined ? range : { spectra, range };
  });
}

/** First and last spectrum; undefined for all. */
function spectraOf([whole, first, last = first]: RegExpExecArray, where: Where) {
  if (first === undefined) return undefined;
  const spectra = [Number(first), Number(last)] as const;
  if (spectra[0] >= 1 && spectra[0] <= spectra[1]) return spectra;
  throw new InputError(
    `expected numbers of spectra such as 2: or 1-3:, counted from 1, found "${whole.trim()}"`,
    where,
  );
}

/** A command of the list `select`: `notice 0.3-10`, `ignore 2:ch1-29`. */
export function parseSelection(text: string, where: Where): SelectionCommand[] {
  const match = /^\s*(notice|ignore)\s+(.*)$/is.exec(text);
  if (match === null)
    throw new InputError(`expected "notice RANGE" or "ignore RANGE", found "${text}"`, where);
  const keep = match[1].toLowerCase() === "notice";
  return parseRanges(match[2], where).map((range) => ({ keep, range }));
}

/** The text that parseRanges reads as the range. */
export function formatRange(range: SpectrumRange): string {
  if ("spectra" in range) {
    const [first, last] = range.spectra;
    return `${first === last ? first : `${first}-${last}`}:${formatRange(range.range)}`;
  }
  if (!("channels" in range)) return `${end(range[0])}-${end(range[1])}`;
  const [first, last] = range.channels;
  return first === last ? `ch${first}` : `ch${first}-${end(last)}`;
}

/** The text that parseSelection reads as the command. */
export function formatSelection({ keep, range }: SelectionCommand): string {
  return `${keep ? "notice" : "ignore"} ${formatRange(range)}`;
}

function end(value: number): string {
  return Math.abs(value) === Infinity ? "**" : String(value);
}

/** What a run's settings keep of spectrum number `k` (from 0). */
export function selectionOf(
  { select = [], notice, ignore }: Pick<FitConfig, "select" | "notice" | "ignore">,
  k: number,
): Required<Pick<Selection, "steps" | "notice" | "ignore">> {
  const own = (range: SpectrumRange): Range[] => {
    if (!("spectra" in range)) return [range];
    const [first, last] = range.spectra;
    return k + 1 >= first && k + 1 <= last ? [range.range] : [];
  };
  return {
    steps: select.flatMap(({ keep, range }) => own(range).map((one) => ({ keep, range: one }))),
    notice: notice.flatMap(own),
    ignore: ignore.flatMap(own),
  };
}

/** The settings of spectrum number `k` (from 0) as those of a run of this spectrum alone. */
export function alone<T extends Pick<FitConfig, "spectra" | "select" | "notice" | "ignore">>(
  config: T,
  k: number,
): T {
  const { steps, notice, ignore } = selectionOf(config, k);
  return {
    ...config,
    spectra: [config.spectra[k]],
    notice,
    ignore,
    ...(config.select !== undefined && { select: steps }),
  };
}

/** Refuses a range of a spectrum that is not there. */
export function checkSpectra(range: SpectrumRange, spectra: number, where: Where): void {
  if (!("spectra" in range) || range.spectra[0] <= spectra) return;
  throw new InputError(
    `${formatRange(range)} speaks of spectrum ${range.spectra[0]}, but there ${spectra === 1 ? "is only one" : `are only ${spectra}`}`,
    where,
  );
}
