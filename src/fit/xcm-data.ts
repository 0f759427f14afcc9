import type { Range } from "../ogip/select.ts";
import { formatRange, formatSelection } from "./config-ranges.ts";
import { parseNumber } from "./config-words.ts";
import type { SelectionCommand } from "./types.ts";
import { type XcmLine, xcmFault } from "./xcm-lines.ts";

/** The data of a script: one record a spectrum. */
export interface XcmSpectrum {
  file: string;
  group: number;
  response?: string;
  arf?: string;
  background?: string;
}

/** `1:1 a.pha 2:2 b.pha`, `a.pha b.pha`, `2 b.pha`: spectra by number. A file that stands alone takes the next number, in the group of the one before. */
export function readData(spectra: Map<number, XcmSpectrum>, command: XcmLine, file: string): void {
  let number = 0;
  let group = 1;
  let given = false;
  for (const word of command.words.flatMap((each) => each.split(",")).filter((each) => each !== "")) {
    const place = /^(?:(\d+):)?(\d+)$/.exec(word);
    if (place !== null && !given) {
      number = Number(place[2]);
      group = place[1] === undefined ? group : Number(place[1]);
      given = true;
      continue;
    }
    if (!given) number++;
    given = false;
    spectra.set(number, { file: word, group });
  }
  if (given || spectra.size === 0)
    throw xcmFault(file, command, "expected data GROUP:NUMBER FILE, such as data 1:1 a.pha 2:2 b.pha");
}

/** `response 2 b.rmf`, `arf a.arf`, `backgrnd 1 none`: a companion of a spectrum. */
export function readCompanion(
  spectra: ReadonlyMap<number, XcmSpectrum>,
  key: "response" | "arf" | "background",
  command: XcmLine,
  file: string,
): void {
  let number = 1;
  for (const word of command.words) {
    const place = /^(?:(\d+):)?(\d+)$/.exec(word);
    if (place !== null) {
      if (place[1] !== undefined && place[1] !== "1")
        throw xcmFault(file, command, `several sources (${word}) are not supported; take this line out`);
      number = Number(place[2]);
      continue;
    }
    const spectrum = spectra.get(number);
    if (spectrum === undefined)
      throw xcmFault(file, command, `there is no spectrum ${number} before this line`);
    spectrum[key] = word;
    number++;
  }
}

/** What ignore and notice commands keep, as settings: `select` where neither of the others can say it. */
export interface XcmSelection {
  readonly notice?: readonly string[];
  readonly ignore?: readonly string[];
  readonly select?: readonly string[];
}

/**
 * The selection that the commands make in order. XSPEC's ranges are energies where one of their ends has a decimal point, numbers of channels
 * where none has; those in front of a colon are spectra. A range without spectra is of those named last, at first of spectrum 1 alone (XSPEC manual, notice).
 */
export function readSelection(commands: readonly XcmLine[], spectra: number, file: string): XcmSelection {
  const steps: SelectionCommand[] = [];
  let own: Spectra = [1, 1];
  for (const command of commands) own = readSteps(steps, command, own, { spectra, file });
  if (steps.length === 0) return {};
  const texts = (some: readonly SelectionCommand[]) => some.map(({ range }) => formatRange(range));
  const [first, ...rest] = steps;
  const dropped = rest.findIndex(({ keep }) => !keep);
  const notice = dropped === -1 ? rest : rest.slice(0, dropped);
  const ignore = dropped === -1 ? [] : rest.slice(dropped);
  if (steps.every(({ keep }) => !keep)) return { ignore: texts(steps) };
  if (isEverything(first) && notice.length > 0 && ignore.every(({ keep }) => !keep) && notice.every(ofAll))
    return { notice: texts(notice), ...(ignore.length > 0 && { ignore: texts(ignore) }) };
  return { select: steps.map(formatSelection) };
}

const ofAll = ({ range }: SelectionCommand): boolean => !("spectra" in range);

/** Whether a command drops all of all spectra. */
function isEverything({ keep, range }: SelectionCommand): boolean {
  if (keep || "spectra" in range) return false;
  const [low, high] = "channels" in range ? range.channels : range;
  return high === Infinity && low <= ("channels" in range ? 1 : 0);
}

/** First and last number of spectra. */
type Spectra = readonly [number, number];

/** Appends what a command says to `steps`; `own` are the spectra named last. Returns those named last now. */
function readSteps(
  steps: SelectionCommand[],
  command: XcmLine,
  own: Spectra,
  { spectra, file }: { readonly spectra: number; readonly file: string },
): Spectra {
  const keep = command.command.startsWith("n");
  const words = command.rest.split(/[\s,]+/).filter((word) => word !== "");
  if (words.length === 1 && words[0].toLowerCase() === "bad") {
    if (!keep) return own;
    throw xcmFault(file, command, "bad channels cannot be noticed");
  }
  let last = own;
  for (const word of words) {
    const [left, right] = word.includes(":") ? word.split(":") : [undefined, word];
    if (left !== undefined) last = readNumbers(left, spectra, command, file);
    if (right === "") continue;
    const all = right.toLowerCase() === "all";
    const range = all ? EVERYTHING : readRange(right, command, file);
    const whole = all || (last[0] === 1 && last[1] >= spectra);
    steps.push({ keep, range: whole ? range : { spectra: last, range } });
  }
  return last;
}

const EVERYTHING: Range = [-Infinity, Infinity];

/** `1`, `1-3`, `**`: first and last number of spectra. */
function readNumbers(text: string, spectra: number, command: XcmLine, file: string): Spectra {
  const open = (part: string) => /^\*\*?$/.test(part);
  const parts = text.split("-");
  const first = open(parts[0]) ? 1 : Number(parts[0]);
  const last = open(parts[parts.length - 1]) ? spectra : Number(parts[parts.length - 1]);
  if (parts.length <= 2 && first >= 1 && first <= last && first <= spectra)
    return [first, Math.min(last, spectra)];
  throw xcmFault(file, command, `there is no spectrum ${text}; there are 1 to ${spectra}`);
}

function readRange(text: string, command: XcmLine, file: string): Range {
  const fault = () =>
    xcmFault(
      file,
      command,
      `expected a range of energies such as 0.3-10.0 or of channels such as 1-29, found "${text}"`,
    );
  const parts = /^(\*\*|[\d.]+(?:[eE][+-]?\d+)?)(?:-(\*\*|[\d.]+(?:[eE][+-]?\d+)?))?$/.exec(text);
  if (parts === null) throw fault();
  const [, low, high = low] = parts;
  const value = (part: string, open: number) => (part === "**" ? open : (parseNumber(part) ?? Number.NaN));
  const [from, to] = [value(low, -Infinity), value(high, Infinity)];
  if (!(from <= to)) throw fault();
  if (!/[.eE]/.test(text) && !(low === "**" && high === "**")) return { channels: [Math.max(1, from), to] };
  if (from === to) throw fault();
  return [from, to];
}
