import { parseNumber } from "./config-words.ts";
import { type XcmLine, xcmFault } from "./xcm-lines.ts";

/** The data of a script: one record a spectrum. */
export interface XcmSpectrum {
  file: string;
  group: number;
  response?: string;
  arf?: string;
  background?: string;
}

/** keV; lower below upper. */
export type Band = readonly [number, number];

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

/** What ignore and notice commands leave: energies that are kept, and those that are dropped from them. */
export interface Selection {
  readonly notice: readonly Band[];
  readonly ignore: readonly Band[];
}

interface Step {
  readonly keep: boolean;
  readonly spectra: readonly number[];
  readonly bands: readonly Band[];
}

/**
 * The selection of all spectra together after the commands in order. XsPEC's ranges are energies where they have a decimal point; channel
 * numbers are refused, and so are ranges that differ between spectra.
 */
export function selectionOf(commands: readonly XcmLine[], spectra: number, file: string): Selection {
  const all = Array.from({ length: spectra }, (_, i) => i + 1);
  const steps = commands.flatMap((command) =>
    readSteps(command, all, file).map((step) => ({ step, command })),
  );
  const of = (number: number) =>
    steps.filter(({ step }) => step.spectra.includes(number)).map(({ step }) => step);
  const first = JSON.stringify(of(1).map(({ keep, bands }) => [keep, bands.map(String)]));
  for (const number of all.slice(1)) {
    const own = JSON.stringify(of(number).map(({ keep, bands }) => [keep, bands.map(String)]));
    if (own !== first)
      throw xcmFault(
        file,
        steps[steps.length - 1].command,
        `spectra 1 and ${number} keep different energies, which is not supported; give all the same ranges`,
      );
  }
  const own = of(1);
  if (own.every(({ keep }) => !keep)) return { notice: [], ignore: own.flatMap(({ bands }) => bands) };
  let kept: Band[] = [[-Infinity, Infinity]];
  for (const { keep, bands } of own)
    for (const band of bands) kept = keep ? united(kept, band) : kept.flatMap((each) => without(each, band));
  const everything = kept.length === 1 && kept[0][0] === -Infinity && kept[0][1] === Infinity;
  return { notice: everything ? [] : kept, ignore: [] };
}

function readSteps(command: XcmLine, all: readonly number[], file: string): Step[] {
  const keep = command.command.startsWith("n");
  const words = command.rest.split(/[\s,]+/).filter((word) => word !== "");
  if (words.length === 1 && words[0].toLowerCase() === "bad") {
    if (!keep) return [];
    throw xcmFault(file, command, "bad channels cannot be noticed");
  }
  let spectra = all;
  const steps: Step[] = [];
  for (const word of words) {
    const [left, right] = word.includes(":") ? word.split(":") : [undefined, word];
    if (left !== undefined) spectra = readNumbers(left, all, command, file);
    if (right === "") continue;
    const bands =
      right.toLowerCase() === "all" ? [[-Infinity, Infinity] as const] : [readBand(right, command, file)];
    steps.push({ keep, spectra, bands });
  }
  return steps;
}

/** `1`, `1-3`, `**`: numbers of spectra. */
function readNumbers(text: string, all: readonly number[], command: XcmLine, file: string): number[] {
  if (text === "**" || text === "*") return [...all];
  const [low, high = low] = text.split("-").map((part) => (part === "**" ? all.length : Number(part)));
  const found = all.filter((number) => number >= low && number <= high);
  if (found.length === 0)
    throw xcmFault(file, command, `there is no spectrum ${text}; there are 1 to ${all.length}`);
  return found;
}

function readBand(text: string, command: XcmLine, file: string): Band {
  const [low, high = low] = text.split("-");
  const end = (part: string, open: number) => {
    if (part === "**") return open;
    const value = parseNumber(part);
    if (value === undefined)
      throw xcmFault(file, command, `expected an energy range such as 0.3-10.0, found "${text}"`);
    if (!part.includes("."))
      throw xcmFault(
        file,
        command,
        `the range ${text} names channels (it has no decimal point), which is not supported; give energies, such as 0.3-10.0`,
      );
    return value;
  };
  return [end(low, -Infinity), end(high, Infinity)];
}

function without([a, b]: Band, [low, high]: Band): Band[] {
  if (high <= a || low >= b) return [[a, b]];
  const parts: Band[] = [];
  if (low > a) parts.push([a, low]);
  if (high < b) parts.push([high, b]);
  return parts;
}

function united(bands: readonly Band[], [low, high]: Band): Band[] {
  const apart = bands.filter(([a, b]) => b < low || a > high);
  const joined = bands.filter(([a, b]) => !(b < low || a > high));
  const whole: Band = [Math.min(low, ...joined.map(([a]) => a)), Math.max(high, ...joined.map(([, b]) => b))];
  return [...apart, whole].sort((x, y) => x[0] - y[0]);
}
